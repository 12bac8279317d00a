import { Logger } from '@nestjs/common';
import type { Test } from 'supertest';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { ManagedRedis } from '../support/managed-redis.js';
import { measured } from '../support/measured.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { bearer } from '../support/tokens.js';

const without = (...commands: string[]): string[] => commands.map((command) => `rename-command ${command} ""`);
const refusing = (...rules: string[]): string[] => [`user default on nopass ~* &* +@all ${rules.join(' ')}`];

interface Shape {
  readonly shape: string;
  readonly settings: readonly string[];
  readonly password?: string;
}

const SHAPES: readonly Shape[] = [
  { shape: 'CONFIG unknown', settings: without('CONFIG') },
  { shape: 'CLIENT unknown, including names, versions and tracking', settings: without('CLIENT') },
  { shape: 'CLIENT TRACKING forbidden', settings: refusing('-client|tracking') },
  { shape: 'CLIENT SETNAME and CLIENT ID forbidden', settings: refusing('-client|setname', '-client|id') },
  { shape: 'HELLO unknown', settings: without('HELLO') },
  {
    shape: 'HELLO unknown, with a password',
    settings: [...without('HELLO'), 'requirepass secret'],
    password: 'secret',
  },
  { shape: 'INFO unknown', settings: without('INFO') },
  { shape: 'INFO forbidden', settings: refusing('-info') },
  { shape: 'SELECT unknown', settings: without('SELECT') },
  { shape: 'all of these unknown', settings: without('CONFIG', 'CLIENT', 'HELLO', 'INFO', 'SELECT', 'ROLE', 'ACL') },
];

let redis: ManagedRedis;
let api: TestApp;
const streams = useEventStreams();
afterEach(async () => {
  await api.close();
  await redis.stop();
});

async function start({ settings, password = '' }: Shape): Promise<void> {
  redis = await ManagedRedis.start(settings);
  api = await startTestApp({ url: password === '' ? redis.url : redis.url.replace('//', `//:${password}@`) });
}

async function expectReady(): Promise<void> {
  await eventually(
    async () => (await api.http.get('/health/ready')).status,
    (status) => status === 200,
  );
}

const health = (): Test => api.http.get('/health').set('Authorization', bearer('operator', 'ops'));

/** Checks a cart, a product whose new price is visible at once, and the health. */
async function expectService(user: string): Promise<void> {
  const cart = new CartClient(api.http, user);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  await cacheProduct(api.http, 'mouse', { name: 'Mouse', price: 10 });
  await cacheProduct(api.http, 'mouse', { name: 'Mouse', price: 12 });
  const { body } = await api.http.get('/cache/product/mouse').set('Authorization', bearer(user)).expect(200);
  expect(body).toMatchObject({ price: 12 });
  const changes = await streams.follow(api, user);
  await cart.add('laptop').expect(200);
  expect(await changes.next()).toMatchObject({ data: { version: 2 } });
  expect((await cart.get().expect(200)).body.count).toBe(2);
  expect((await health().expect(200)).body.redis.connected).toBe(true);
}

it.each(SHAPES)('serves requests if $shape', async (shape) => {
  await start(shape);
  await expectReady();
  await expectService('first');
  redis.drop();
  await expectReady();
  await expectService('second');
  measured('managed-redis', { [shape.shape]: 'served, also after a lost connection' });
});

it('logs once, not for each connection, that it keeps no local copies of products', async () => {
  const warnings = jest.spyOn(Logger.prototype, 'warn');
  const told = (): number => warnings.mock.calls.filter(([line]) => JSON.stringify(line).includes('no copies')).length;
  await start({ shape: 'CLIENT TRACKING forbidden', settings: refusing('-client|tracking') });
  await expectReady();
  await eventually(
    async () => Promise.resolve(told()),
    (count) => count === 1,
  );
  redis.drop();
  await expectReady();
  await expectService('third');
  expect(told()).toBe(1);
  warnings.mockRestore();
});

it('reports no Redis figures if INFO is unknown, and says so', async () => {
  await start({ shape: 'INFO unknown', settings: without('INFO') });
  await expectReady();
  const { body } = await health().expect(200);
  expect(body).toMatchObject({ status: 'healthy', redis: { connected: true, version: null, used_memory_human: null } });
  expectProblem(await api.http.get('/redis/info').set('Authorization', bearer('o', 'ops')), 'redis_unavailable');
});
