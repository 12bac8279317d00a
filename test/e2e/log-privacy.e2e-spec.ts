import supertest, { type Test } from 'supertest';
import { operationsOf, type Operation } from '../support/api-document.js';
import { eventually } from '../support/eventually.js';
import { providerKey, signWith } from '../support/key-provider.js';
import { ENDLESS, start } from '../support/prefilled-request.js';
import { ProductOrigin } from '../support/product-origin.js';
import { sendRaw } from '../support/raw-request.js';
import { ServiceProcess } from '../support/service-process.js';
import type { Http } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer, claimsOf, signToken, TEST_SECRET } from '../support/tokens.js';

/** All that the service writes, from info on, while it is asked for and finds what no log may hold. */
const MARKER = 'Wh1sper';
/** V8 repeats it in its message. */
const NO_JSON = `[${MARKER}]`;
const ROLES = ['catalog', 'ops', 'orders'];

let redis: TestRedis;
let origin: ProductOrigin;
let service: ServiceProcess;
let url: string;
let http: Http;
let operations: Operation[];

beforeAll(async () => {
  redis = await TestRedis.start();
  origin = await ProductOrigin.start();
  service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: '0',
    REDIS_URL: redis.url,
    JWT_SECRET: TEST_SECRET,
    JWT_JWKS_URL: 'http://127.0.0.1:1/keys',
    AUTH_ACCOUNTS: 'true',
    CATALOG_URL: origin.template,
    RATE_LIMIT_MAX: '100000',
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  [, url = ''] = await service.printed(/Listening on (http:[^"]+)"/);
  http = supertest(url);
  const { body } = await http.get('/docs-json').expect(200);
  operations = operationsOf(body).filter(({ name }) => !ENDLESS.includes(name));
});
afterAll(async () => {
  await service.end('SIGKILL');
  await redis.stop();
  await origin.stop();
});

/** Once what was done has been written, which the line of a request afterwards shows, no line holds the marker. */
async function expectSilence(): Promise<void> {
  const id = `end-${Math.random().toString(36).slice(2)}`;
  await http.get('/nowhere').set('X-Request-Id', id);
  await service.printed(new RegExp(id));
  const told = service.output.split('\n').filter((line) => line.toLowerCase().includes(MARKER.toLowerCase()));
  expect(told).toEqual([]);
}

const linesWith = (text: string): string[] => service.output.split('\n').filter((line) => line.includes(text));

const marked = ({ method, path }: Operation, query = ''): Test =>
  start(http, method, path.replace(/\{\w+\}/, MARKER) + query).set('Authorization', bearer('asker', ...ROLES));

const EVERYTHING = {
  product_id: MARKER,
  quantity: 1,
  product_data: { name: MARKER, price: 1, attributes: { [MARKER]: MARKER } },
  operations: [{ op: 'remove', product_id: MARKER }],
  products: [{ product_id: MARKER, name: MARKER, price: 1 }],
  preferences: { [MARKER]: MARKER },
  guest_token: signToken(claimsOf('guest_x', { guest: true, note: MARKER })),
  email: `${MARKER}@shop.example`,
  password: `${MARKER} of twelve letters`,
  refresh_token: MARKER,
};

/** Of what an operation reads the fields that are known, each with the marker. */
function bodyOf({ requestBody }: Operation): object {
  const properties = Object.keys(requestBody?.content['application/json']?.schema?.properties ?? {});
  return Object.fromEntries(Object.entries(EVERYTHING).filter(([field]) => properties.includes(field)));
}

/** Ways to say the marker with any operation. */
const SAID: readonly [string, (operation: Operation) => PromiseLike<unknown>][] = [
  ['in the path', (operation) => marked(operation)],
  [
    'in a path that cannot be decoded',
    ({ method, path }) => start(http, method, `${path.replace(/\{\w+\}/, '')}${MARKER}%ff`),
  ],
  ['in the query', (operation) => marked(operation, `?${MARKER}=1&quantity=${MARKER}&except=${MARKER}&ids=${MARKER}`)],
  ['in an unknown path', ({ method, path }) => start(http, method, `${path}/${MARKER}/`)],
  ['in a body', (operation) => marked(operation).send(bodyOf(operation))],
  ['in unknown fields of a body', (operation) => marked(operation).send({ [MARKER]: MARKER })],
  ['in a body that is not JSON', (operation) => marked(operation).type('json').send(NO_JSON)],
  ['in a type', (operation) => marked(operation).type(`text/${MARKER}`).send(MARKER)],
  ['in an invalid token', (operation) => marked(operation).set('Authorization', `Bearer ${MARKER}`)],
  [
    'in a token of an unknown key',
    async (operation) => {
      const token = await signWith(await providerKey('ES256', MARKER), claimsOf('asker', { note: MARKER }));
      return marked(operation).set('Authorization', `Bearer ${token}`);
    },
  ],
  [
    'in headers',
    (operation) =>
      marked(operation).set({
        'If-Match': `"${MARKER}"`,
        'If-None-Match': MARKER,
        'Idempotency-Key': MARKER,
        'Last-Event-ID': MARKER,
        'User-Agent': MARKER,
        'X-Forwarded-For': MARKER,
        'X-Request-Id': `${MARKER} with a space`,
        Cookie: MARKER,
        Referer: MARKER,
        Origin: MARKER,
      }),
  ],
];

describe.each(SAID)('client input %s', (_case, send) => {
  it('appears in no log line', async () => {
    for (const operation of operations) await send(operation);
    await expectSilence();
  });
});

it('input rejected by Node’s parser appears in no log line', async () => {
  const heads = [
    '',
    'Host: x\r\nHost: y\r\n',
    `Host: ${MARKER} x\r\n`,
    `Host: x\r\nExpect: ${MARKER}\r\n`,
    `${MARKER} x: y\r\n`,
  ];
  for (const head of heads)
    await sendRaw(url, `GET /${MARKER} HTTP/1.1\r\n${head}Connection: close\r\nX-Marker: ${MARKER}\r\n\r\n`);
  await sendRaw(url, `GET /${MARKER} HTTP/1.1\r\nHost: x\r\nX-Marker: ${MARKER.repeat(4000)}\r\n\r\n`);
  await sendRaw(url, `${MARKER}\r\n\r\n`);
  await expectSilence();
});

describe('data that others wrote to Redis', () => {
  const authorization = bearer('reader', ...ROLES);
  const sid = 'x'.repeat(43);
  /** Texts that make no sense, and what is of another type than ours. */
  const foreign: readonly [string, object | string][] = [
    ['cart:reader', { [MARKER]: NO_JSON, [`${MARKER}2`]: `{"${MARKER}` }],
    ['{cart:reader}:saved', { [MARKER]: NO_JSON }],
    ['{cart:reader}:meta', { version: MARKER, currency: MARKER }],
    [`product:${MARKER}`, NO_JSON],
    [`session:${sid}`, NO_JSON],
    [`session:${sid}`, JSON.stringify({ user_id: 'reader', [MARKER]: MARKER })],
    [`session:${sid}`, { [MARKER]: MARKER }],
    [`product:${MARKER}`, { [MARKER]: MARKER }],
    ['cart:reader', MARKER],
    ['rate_limit:reader', MARKER],
  ];

  it('appears in no log line, whichever code reads it', async () => {
    for (const [key, value] of foreign) {
      await redis.client.del(key);
      if (typeof value === 'string') await redis.client.set(key, value);
      else await redis.client.hset(key, value);
      await http.get(`/session/${sid}`).set('Authorization', authorization);
      for (const operation of operations)
        await marked(operation).set('Authorization', authorization).send(bodyOf(operation));
    }
    await expectSilence();
    expect(linesWith('A cart holds lines that are no JSON of ours')[0]).toMatch(/"user_id":"reader","lines":\d/);
  });
});

describe('a product that cannot be loaded', () => {
  it.each<[string, ProductOrigin['instead']]>([
    ['an error', (response) => response.writeHead(500).end(MARKER)],
    ['a rejection', (response) => response.writeHead(403).end(MARKER)],
    ['a redirect', (response) => response.writeHead(302, { Location: `/${MARKER}` }).end()],
    ['invalid JSON', (response) => response.end(NO_JSON)],
    ['an invalid product', (response) => response.end(JSON.stringify({ [MARKER]: 1, price: MARKER }))],
    ['a price with too many decimals', (response) => response.end('{"name":"x","price":1.2345}')],
    ['a dropped connection', (response) => response.destroy()],
  ])('because of %s is not named in any log line', async (answer, instead) => {
    origin.instead = instead;
    const productId = `${MARKER} ${answer}`.replaceAll(' ', '-');
    await http.get(`/cache/product/${productId}`).set('Authorization', bearer('loader'));
    origin.instead = undefined;
    await expectSilence();
  });

  it('is still reported', () => {
    expect(linesWith('A product could not be loaded').length).toBeGreaterThan(0);
  });
});

describe('while Redis is unavailable', () => {
  it('no log line contains client input', async () => {
    await redis.crash();
    await eventually(
      async () => (await http.get('/health/ready')).status,
      (status) => status === 503,
    );
    for (const [, send] of SAID) for (const operation of operations) await send(operation);
    await expectSilence();
    expect(linesWith('"status":503').length).toBeGreaterThan(100);
  });
});
