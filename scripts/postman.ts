import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectionOf } from './postman/collection.js';
import { readDocument } from './postman/openapi.js';

/**
 * `npm run generate`: makes the Postman collection in examples/postman from openapi.json. openapi-to-postmanv2 would bring 85
 * packages, and sends an `If-Match` that matches nothing (docs/decisions/0047-client.md).
 */

const ROOT = join(import.meta.dirname, '../..');
const document = readDocument(JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')));
writeFileSync(join(ROOT, 'examples/postman/collection.json'), `${JSON.stringify(collectionOf(document), null, 2)}\n`);
