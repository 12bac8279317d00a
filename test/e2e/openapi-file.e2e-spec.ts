import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operationsOf } from '../support/api-document.js';
import { namedParts, partsWith } from '../support/document-parts.js';
import { ROOT } from '../support/root.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
let document: Record<string, unknown>;

beforeAll(async () => {
  document = JSON.parse(await readFile(join(ROOT, 'openapi.json'), 'utf8'));
});

describe('openapi.json', () => {
  it('is the document of the service with all features on; `npm run openapi` writes it', async () => {
    const { body } = await api.http.get('/docs-json').expect(200);
    expect(document).toEqual({ ...body, servers: expect.anything() });
  });

  it('has the address of `npm start`, because `/` of a file is no address; that of a service has its own origin', async () => {
    const { body } = await api.http.get('/docs-json').expect(200);
    expect(document).toMatchObject({ servers: [{ url: 'http://127.0.0.1:8001' }] });
    expect(body).toMatchObject({ servers: [{ url: '/' }] });
  });

  it('names operations by their tag and a method', () => {
    const ids = operationsOf(document).map(({ operationId = '', tags }) => ({ operationId, tags }));
    for (const { operationId, tags = [] } of ids)
      expect(operationId).toMatch(new RegExp(`^${tags.join()}\\.[a-zA-Z]+$`));
    expect(new Set(ids.map(({ operationId }) => operationId)).size).toBe(ids.length);
    expect(ids.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(['cart.add', 'cart.merge']));
  });

  it('has no default, because generators take a field with one for required', () => {
    expect(partsWith(document, 'default').filter((path) => !path.endsWith('/responses'))).toEqual([]);
  });

  it('describes every property, parameter and header', () => {
    const described = partsWith(document, 'description');
    expect(namedParts(document).filter((path) => !described.includes(path))).toEqual([]);
  });

  it('contains every problem once', () => {
    const inlined = partsWith(document, 'application/problem+json').filter((path) => path.startsWith('/paths/'));
    // A health response and a problem have the same status there.
    expect(inlined).toEqual([
      '/paths/~1health/get/responses/503/content',
      '/paths/~1health~1ready/get/responses/503/content',
    ]);
  });
});
