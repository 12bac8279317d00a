import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { LAPTOP } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const USER = 'careless';

/** Sends a body as it stands, well formed or not. */
const addRaw = (body: string, contentType = 'application/json') =>
  api.http.post('/cart/add').set('Authorization', bearer(USER)).set('Content-Type', contentType).send(body);
const add = (body: object) => addRaw(JSON.stringify(body));
const withPrice = (price: unknown, more: object = {}) =>
  add({ product_id: 'a', quantity: 1, product_data: { name: 'A', price, ...more } });

afterEach(async () => {
  const changed = (await api.redis.keys('*')).filter((key) => !key.startsWith('rate_limit:'));
  expect(changed).toEqual([]);
});

describe('a quantity', () => {
  it.each(['0', '-1', '1.5', '1001', '"2"', '1e309', 'null', 'true', '[1]', '{}'])(
    'of %s is refused',
    async (quantity) => {
      expect(fieldsOf(await addRaw(`{"product_id":"a","quantity":${quantity}}`))).toContain('quantity');
    },
  );

  it('that is missing is refused', async () => {
    expect(fieldsOf(await add({ product_id: 'a' }))).toContain('quantity');
  });
});

describe('an update’s quantity', () => {
  const update = (query: string, body?: object) =>
    api.http.put(`/cart/update/a${query}`).set('Authorization', bearer(USER)).send(body);

  it.each(['-1', '1.5', '1001', '', '1e2', '0x10', ' 2', '%20', 'NaN', '2&quantity=3'])(
    'of ?quantity=%s is refused',
    async (value) => {
      expect(fieldsOf(await update(`?quantity=${value}`))).toContain('quantity');
    },
  );

  it.each([-1, 1.5, 1001, '2', null])('of %j in the body is refused', async (quantity) => {
    expect(fieldsOf(await update('', { quantity }))).toContain('quantity');
  });

  it('is refused where it stands nowhere, or in both places', async () => {
    expect(fieldsOf(await update(''))).toEqual(['quantity']);
    expect(fieldsOf(await update('', {}))).toEqual(['quantity']);
    expect(fieldsOf(await update('?quantity=1', { quantity: 1 }))).toEqual(['quantity']);
  });

  it('is refused beside an unknown query parameter', async () => {
    expect(fieldsOf(await update('?quantity=1&force=1'))).toEqual(['force']);
  });
});

describe('a price', () => {
  it.each([-1, 0.001, 1e9 + 1, 'NaN', '1', null])('of %j is refused', async (price) => {
    expect(fieldsOf(await withPrice(price))).toContain('product_data.price');
  });

  it.each([
    [10.5, 'JPY'],
    [1.2345, 'KWD'],
    [19.999, 'EUR'],
  ])('of %d has too many decimals in %s', async (price, currency) => {
    expect(fieldsOf(await withPrice(price, { currency }))).toEqual(['product_data.price']);
  });

  it.each(['usd', 'XYZ', 'US', '', 7])('in the currency %j is refused', async (currency) => {
    expect(fieldsOf(await withPrice(1, { currency }))).toContain('product_data.currency');
  });
});

describe('product data', () => {
  const describeProduct = (data: unknown) => add({ product_id: 'a', quantity: 1, product_data: data });

  it.each<[string, unknown, string]>([
    ['that are text', 'x', 'product_data'],
    ['that are an array', [{ name: 'A', price: 1 }], 'product_data'],
    ['without a name', { price: 1 }, 'product_data.name'],
    ['with an empty name', { ...LAPTOP, name: '' }, 'product_data.name'],
    ['with a name of 201 characters', { ...LAPTOP, name: 'x'.repeat(201) }, 'product_data.name'],
    ['with a description of 2001 characters', { ...LAPTOP, description: 'x'.repeat(2001) }, 'product_data.description'],
    ['with an unknown field', { ...LAPTOP, discount: 5 }, 'product_data.discount'],
    [
      'with 21 attributes',
      { ...LAPTOP, attributes: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, i])) },
      'product_data.attributes',
    ],
    ['with a nested attribute', { ...LAPTOP, attributes: { size: { width: 1 } } }, 'product_data.attributes'],
    ['with an attribute that is null', { ...LAPTOP, attributes: { size: null } }, 'product_data.attributes'],
    ['with attributes that are an array', { ...LAPTOP, attributes: ['a'] }, 'product_data.attributes'],
  ])('%s are refused', async (_case, data, field) => {
    expect(fieldsOf(await describeProduct(data))).toContain(field);
  });
});

describe('a product id', () => {
  it.each([
    '',
    'a b',
    'a\tb',
    'a\nb',
    'a{b}',
    '}',
    'x'.repeat(101),
    '💻'.repeat(101),
    '\u0000',
    '\ud800',
    '\u2028',
    7,
    null,
  ])('of %j is refused', async (productId) => {
    expect(fieldsOf(await add({ product_id: productId, quantity: 1 }))).toContain('product_id');
  });

  it.each(['a%20b', 'a%7Bb%7D', 'x'.repeat(101), '%00'])('of %s is refused in a path', async (encoded) => {
    const authorization = bearer(USER);
    expect(
      fieldsOf(await api.http.put(`/cart/update/${encoded}?quantity=1`).set('Authorization', authorization)),
    ).toEqual(['product_id']);
    expect(fieldsOf(await api.http.delete(`/cart/remove/${encoded}`).set('Authorization', authorization))).toEqual([
      'product_id',
    ]);
  });

  it.each(['%zz', '%', '%ff'])('of %s, which is no percent-encoding, is refused', async (encoded) => {
    expectProblem(
      await api.http.delete(`/cart/remove/${encoded}`).set('Authorization', bearer(USER)),
      'validation_failed',
    );
  });
});

describe('a body', () => {
  it.each(['{', '{"product_id":"a",}', 'x', '{"a":NaN}', "{'a':1}", '\u0000'])('of %j is malformed', async (body) => {
    expectProblem(await addRaw(body), 'malformed_json');
  });

  it.each(['[]', '[{"product_id":"a","quantity":1}]', '{}', ''])('of %j is refused', async (body) => {
    expectProblem(await addRaw(body), 'validation_failed');
  });

  it('of 64 KiB is read and of 65 KiB is not', async () => {
    const padded = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expectProblem(await addRaw(padded(64 * 1024)), 'validation_failed');
    expectProblem(await addRaw(padded(64 * 1024 + 1)), 'payload_too_large');
    expectProblem(await addRaw(padded(65 * 1024)), 'payload_too_large');
  });

  it('of 10,000 nested arrays or objects is refused', async () => {
    const arrays = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const objects = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
    for (const nested of [arrays, objects]) {
      expectProblem(await addRaw(nested), 'validation_failed');
      const inside = `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,"attributes":${nested}}}`;
      expectProblem(await addRaw(inside), 'validation_failed');
      expectProblem(await addRaw(`{"quantity":1,"product_id":${nested}}`), 'validation_failed');
    }
    const session = `{"data":${objects}}`;
    const response = await api.http
      .post('/session/create')
      .set('Authorization', bearer(USER))
      .type('json')
      .send(session);
    expectProblem(response, 'validation_failed');
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])(
    'with the key %s anywhere is refused',
    async (key) => {
      const evil = `"${key}":{"polluted":true}`;
      const bodies = [
        `{"product_id":"a","quantity":1,${evil}}`,
        `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,${evil}}}`,
        `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,"attributes":{${evil}}}}`,
      ];
      for (const body of bodies) expectProblem(await addRaw(body), 'validation_failed');
      const preferences = `{"preferences":{"deep":[{${evil}}]}}`;
      const response = await api.http
        .post('/session/create')
        .set('Authorization', bearer(USER))
        .type('json')
        .send(preferences);
      expectProblem(response, 'validation_failed');
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    '',
  ])('of the type %j is not taken', async (contentType) => {
    expectProblem(await addRaw('{"product_id":"a","quantity":1}', contentType), 'unsupported_media_type');
  });

  it.each(['klingon', 'utf-16le', 'latin1'])('in the charset %s is not taken', async (charset) => {
    expectProblem(await addRaw('{}', `application/json; charset=${charset}`), 'unsupported_media_type');
  });

  it('in UTF-8, said so or not, is taken', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"']) {
      expectProblem(await addRaw('{}', type), 'validation_failed');
    }
  });

  it('that is compressed is not taken', async () => {
    expectProblem(await addRaw('{}').set('Content-Encoding', 'gzip'), 'unsupported_media_type');
  });

  it('that is no UTF-8 is malformed', async () => {
    const answer = await fetch(`${api.url}/cart/add`, {
      method: 'POST',
      headers: { authorization: bearer(USER), 'content-type': 'application/json' },
      body: Buffer.from('7b2261223a22ff227d', 'hex'),
    });
    expect(await answer.json()).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  it('is counted by the rate limit though it cannot be read', async () => {
    await api.redis.del(`rate_limit:${USER}`);
    await addRaw('{');
    await addRaw('{}', 'text/plain');
    expect(await api.redis.get(`rate_limit:${USER}`)).toBe('2');
  });

  it('with unknown fields is refused, each by name', async () => {
    expect(fieldsOf(await add({ product_id: 'a', quantity: 1, user_id: 'other', price: 1 }))).toEqual(
      expect.arrayContaining(['user_id', 'price']),
    );
  });
});

describe('a body that never ends', () => {
  const head = (...lines: string[]): string =>
    ['POST /cart/add HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
  const token = (): string => `Authorization: ${bearer(USER)}`;
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;

  it.each<[string, () => string, RegExp]>([
    ['is refused by its length', () => head(token(), 'Content-Length: 2000000000'), /^HTTP\/1\.1 413 /],
    [
      'is refused at the first byte too many',
      () => head(token(), 'Transfer-Encoding: chunked') + chunk + chunk,
      /^HTTP\/1\.1 413 /,
    ],
    ['is not read without a token', () => head('Transfer-Encoding: chunked') + chunk, /^HTTP\/1\.1 401 /],
  ])('%s, and its connection is closed', async (_case, sent, answer) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    // The server may well close before all is sent.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(sent());
    await closed;
    expect(received).toMatch(answer);
    expect(received).toMatch(/^Connection: close\r$/m);
  });
});

describe('a request', () => {
  it.each(['/', '/nope', '/cart/nope', '/carts', '/cart/add/x'])(
    'for %s, which is no endpoint, is 404',
    async (path) => {
      expectProblem(await api.http.get(path).set('Authorization', bearer(USER)), 'not_found');
    },
  );

  it('with a header of 20 KiB is refused as a problem', async () => {
    const { status, headers, body } = await rawRequest({ 'X-Large': 'x'.repeat(20 * 1024) });
    expect(status).toBe(431);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({
      code: 'headers_too_large',
      status: 431,
      request_id: headers['x-request-id'],
    });
  });

  it.each(['abc-123', 'A.b_c', 'x'.repeat(128)])('keeps its id %s', async (id) => {
    const { headers } = await api.http.get('/health/live').set('X-Request-Id', id);
    expect(headers['x-request-id']).toBe(id);
  });

  it.each(['', 'a b', 'x'.repeat(129), '<script>', 'a/b'])('gets a new id instead of %j', async (id) => {
    const { headers } = await api.http.get('/health/live').set('X-Request-Id', id);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is answered with security headers and without naming the framework', async () => {
    const { headers } = await api.http.get('/health/live');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

async function rawRequest(headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      httpRequest(`${api.url}/cart`, { headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}
