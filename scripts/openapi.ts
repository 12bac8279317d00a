import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { describeApi } from '../apps/api/src/openapi/describe-api.js';

/** `npm run openapi`: writes `openapi.json`, the document of a service with all features on. It needs no Redis. */

const FILE = join(import.meta.dirname, '../../openapi.json');

await writeFile(FILE, await format(JSON.stringify(await describeApi()), { parser: 'json', printWidth: 120 }));
