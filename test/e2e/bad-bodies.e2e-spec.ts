import { connect } from 'node:net';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const USER = 'careless';

/** Sends a body as it stands, well formed or not. */
const addRaw = (body: string, contentType = 'application/json') =>
  api.http.post('/cart/add').set('Authorization', bearer(USER)).set('Content-Type', contentType).send(body);

/** The same for a session. */
const createRaw = (body: string) =>
  api.http.post('/session/create').set('Authorization', bearer(USER)).type('json').send(body);

afterEach(async () => {
  const changed = (await api.redis.keys('*')).filter((key) => !key.startsWith('rate_limit:'));
  expect(changed).toEqual([]);
});

describe('a body', () => {
  it.each(['{', '{"product_id":"a",}', 'x', '{"a":NaN}', "{'a':1}", '\u0000'])('of %j is malformed', async (body) => {
    expectProblem(await addRaw(body), 'malformed_json');
  });

  it.each(['[]', '[{"product_id":"a","quantity":1}]', '{}', ''])('of %j is rejected', async (body) => {
    expectProblem(await addRaw(body), 'validation_failed');
  });

  it('of 64 KiB is accepted, and one of 65 KiB is rejected', async () => {
    const padded = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expectProblem(await addRaw(padded(64 * 1024)), 'validation_failed');
    expectProblem(await addRaw(padded(64 * 1024 + 1)), 'payload_too_large');
    expectProblem(await addRaw(padded(65 * 1024)), 'payload_too_large');
  });

  it('with 5,000 nested objects is rejected before the fingerprint of an idempotent request is computed', async () => {
    const nested = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expectProblem(await addRaw(nested).set('Idempotency-Key', 'nested'), 'validation_failed');
  });

  it('with 10,000 nested arrays or objects is rejected', async () => {
    const arrays = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const objects = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
    for (const nested of [arrays, objects]) {
      expectProblem(await addRaw(nested), 'validation_failed');
      const inside = `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,"attributes":${nested}}}`;
      expectProblem(await addRaw(inside), 'validation_failed');
      expectProblem(await addRaw(`{"quantity":1,"product_id":${nested}}`), 'validation_failed');
    }
    expectProblem(await createRaw(`{"data":${objects}}`), 'validation_failed');
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])(
    'with the key %s at any depth is rejected',
    async (key) => {
      const evil = `"${key}":{"polluted":true}`;
      const bodies = [
        `{"product_id":"a","quantity":1,${evil}}`,
        `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,${evil}}}`,
        `{"product_id":"a","quantity":1,"product_data":{"name":"A","price":1,"attributes":{${evil}}}}`,
      ];
      for (const body of bodies) expectProblem(await addRaw(body), 'validation_failed');
      expectProblem(await createRaw(`{"preferences":{"deep":[{${evil}}]}}`), 'validation_failed');
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    '',
  ])('of the type %j is not accepted', async (contentType) => {
    expectProblem(await addRaw('{"product_id":"a","quantity":1}', contentType), 'unsupported_media_type');
  });

  it.each(['klingon', 'utf-16le', 'latin1'])('in the charset %s is not accepted', async (charset) => {
    expectProblem(await addRaw('{}', `application/json; charset=${charset}`), 'unsupported_media_type');
  });

  it('in UTF-8 is accepted, with or without a charset', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"']) {
      expectProblem(await addRaw('{}', type), 'validation_failed');
    }
  });

  it('that is compressed is not accepted', async () => {
    expectProblem(await addRaw('{}').set('Content-Encoding', 'gzip'), 'unsupported_media_type');
  });

  it('that is not UTF-8 is malformed', async () => {
    const answer = await fetch(`${api.url}/cart/add`, {
      method: 'POST',
      headers: { authorization: bearer(USER), 'content-type': 'application/json' },
      body: Buffer.from('7b2261223a22ff227d', 'hex'),
    });
    expect(await answer.json()).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  it('counts towards the rate limit even if it cannot be read', async () => {
    await api.redis.del(`rate_limit:${USER}`);
    await addRaw('{');
    await addRaw('{}', 'text/plain');
    expect(await api.redis.get(`rate_limit:${USER}`)).toBe('2');
  });

  it('with unknown fields is rejected, naming each of them', async () => {
    expect(fieldsOf(await addRaw('{"product_id":"a","quantity":1,"user_id":"other","price":1}'))).toEqual(
      expect.arrayContaining(['user_id', 'price']),
    );
  });
});

describe('an endless body', () => {
  const head = (...lines: string[]): string =>
    ['POST /cart/add HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
  const token = (): string => `Authorization: ${bearer(USER)}`;
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;

  it.each<[string, () => string, RegExp]>([
    ['is rejected by its length', () => head(token(), 'Content-Length: 2000000000'), /^HTTP\/1\.1 413 /],
    [
      'is rejected at the first excess byte',
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
