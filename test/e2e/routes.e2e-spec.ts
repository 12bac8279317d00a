import { METHODS, request as httpRequest } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { Application } from 'express';
import { commandsDuring } from '../support/redis-monitor.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** Every route that Express has, in every way in which it may be asked for wrongly. */
let server: TestRedis;
let api: TestApp;
/** The methods of each path: parameters are filled in. */
let routes: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  server = await TestRedis.start();
  api = await startTestApp(server, { AUTH_ACCOUNTS: 'true' });
  routes = routesOf(api.app.getHttpAdapter().getInstance());
});
afterAll(async () => {
  await api.close();
  await server.stop();
});

function routesOf({ router }: Application): ReadonlyMap<string, ReadonlySet<string>> {
  const methodsOf = new Map<string, Set<string>>();
  for (const { path, methods } of router.listRoutes()) {
    const filled = path.replaceAll(/:\w+/g, 'some');
    methodsOf.set(filled, new Set([...(methodsOf.get(filled) ?? []), ...methods.filter((method) => method !== '*')]));
  }
  return methodsOf;
}

interface Answer {
  readonly status: number | undefined;
  readonly allow: readonly string[];
  readonly code: string | undefined;
}

/** What Node sends as it stands; supertest would normalize the path. */
async function ask(method: string, path: string, authorization?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = authorization === undefined ? {} : { authorization };
    httpRequest(api.url, { method, path, headers }, (response) => {
      const { statusCode, headers: received } = response;
      const allow = received.allow?.split(', ') ?? [];
      readText(response).then((body) => {
        resolve({ status: statusCode, allow, code: body.startsWith('{') ? JSON.parse(body).code : undefined });
      }, reject);
    })
      .on('error', reject)
      .end();
  });
}

const NOT_FOUND = { status: 404, code: 'not_found', allow: [] };

/** Those that one request can have: CONNECT asks for a tunnel. */
const ALL_METHODS = METHODS.filter((method) => method !== 'CONNECT');

describe('every route', () => {
  it('is covered by this test', () => {
    expect([...routes.keys()]).toEqual(
      expect.arrayContaining(['/cart', '/session', '/session/some', '/docs', '/docs-json', '/health/live']),
    );
    expect(routes.size).toBeGreaterThan(35);
  });

  it.each<[string, (path: string) => string]>([
    ['a trailing slash', (path) => `${path}/`],
    ['two trailing slashes', (path) => `${path}//`],
    ['an extra leading slash', (path) => `/${path}`],
    ['double slashes in between', (path) => path.replace('/', '//').replaceAll(/(?<!\/)\/(?=[^/])/g, '//')],
    ['different case', (path) => path.replace(/^\/\w+/, (first) => first.toUpperCase())],
    ['an encoded slash at its end', (path) => `${path}%2F`],
  ])('is a different path with %s, and returns 404', async (_case, changed) => {
    for (const [path, methods] of routes) {
      const wrong = changed(path);
      // /session/some%2F names the session `some/`.
      if (matchesParameter(wrong)) continue;
      for (const method of methods) {
        if (method === 'HEAD') continue;
        expect({ method, path: wrong, ...(await ask(method, wrong, bearer('careless'))) }).toEqual({
          method,
          path: wrong,
          ...NOT_FOUND,
        });
      }
    }
  });

  it('returns 405 and Allow for every unsupported method, without a token and without Redis', async () => {
    const seen = await commandsDuring(server.client, async () => {
      for (const path of routes.keys()) {
        const allowed = methodsAt(path);
        for (const method of ALL_METHODS) {
          if (allowed.has(method)) continue;
          const { status, allow, code } = await ask(method, path);
          expect({ method, path, status, code }).toEqual({ method, path, status: 405, code: codeOf(method) });
          expect(new Set(allow)).toEqual(allowed);
          expect(allow).toHaveLength(allowed.size);
        }
      }
    });
    expect(seen.map(({ name }) => name).filter((name) => name.startsWith('eval'))).toEqual([]);
  });

  it('returns 204 and Allow for OPTIONS', async () => {
    for (const path of routes.keys()) {
      const { status, allow } = await ask('OPTIONS', path);
      expect({ path, status, allow: new Set(allow) }).toEqual({ path, status: 204, allow: methodsAt(path) });
    }
  });
});

describe('a path that is not a route', () => {
  it.each(ALL_METHODS)('returns 404 for %s, without a token and without Redis', async (method) => {
    const seen = await commandsDuring(server.client, async () => {
      for (const path of [
        '/',
        '/carts',
        '/cart/none',
        '/session/a/b',
        '/docs/none',
        '/docs/package.json',
        '/docs-yaml',
      ])
        expect(await ask(method, path)).toEqual({ ...NOT_FOUND, code: method === 'HEAD' ? undefined : 'not_found' });
    });
    expect(seen.map(({ name }) => name).filter((name) => name.startsWith('eval'))).toEqual([]);
  });
});

it('DELETE /session/ ends no session', async () => {
  const authorization = bearer('keeper');
  await api.http.post('/session/create').set('Authorization', authorization).expect(201);
  expect(await ask('DELETE', '/session/', authorization)).toEqual(NOT_FOUND);
  expect((await api.http.get('/session').set('Authorization', authorization)).body.sessions).toHaveLength(1);
});

/** What a path allows: also as a parameter of another, as /session/create is a session's id for GET. */
function methodsAt(path: string): Set<string> {
  const all = [...routes].filter(([other]) => other === path || isParameterOf(path, other));
  return new Set([...all.flatMap(([, methods]) => [...methods]), 'OPTIONS']);
}

function isParameterOf(path: string, other: string): boolean {
  const [own, theirs] = [path.split('/'), other.split('/')];
  return own.length === theirs.length && theirs.every((part, index) => part === 'some' || part === own[index]);
}

function matchesParameter(path: string): boolean {
  return [...routes.keys()].some((other) => isParameterOf(path, other));
}

/** A response to HEAD has no body. */
const codeOf = (method: string): string | undefined => (method === 'HEAD' ? undefined : 'method_not_allowed');
