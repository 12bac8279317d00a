import type { ServerResponse } from 'node:http';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { useOriginApps } from '../support/use-origin-apps.js';

const TTL_SECONDS = 60;
/** More than the circuit breaker looks at. */
const MANY = 40;

const apps = useOriginApps(1, { PRODUCT_TTL_SECONDS: String(TTL_SECONDS), PRODUCT_STALE_SECONDS: '600' });

const fail = (response: ServerResponse): unknown => response.writeHead(500).end();
const hang = (): void => undefined;
const names = (prefix: string, count = MANY): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

function sells(...productIds: readonly string[]): void {
  for (const id of productIds) apps.origin.products.set(id, { name: id, price: 1 });
}

function breaks(productIds: readonly string[], how: (response: ServerResponse) => unknown): void {
  for (const id of productIds) apps.origin.broken.set(id, how);
}

async function statusOf(productId: string): Promise<number> {
  return (await apps.get(productId)).status;
}

describe('products that fail at the origin', () => {
  it('do not affect others, however often they are requested', async () => {
    sells(...names('fine'));
    const three = names('broken', 3);
    breaks(three, fail);
    for (const id of names('fine')) {
      for (const broken of three) expectProblem(await apps.get(broken), 'catalog_unavailable');
      expect(await statusOf(id)).toBe(200);
      apps.api.clock.advance(2);
    }
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['an error', fail],
    ['silence', hang],
    ['a dropped connection', (response) => response.destroy()],
  ])('do not affect others even as they become more numerous: %s', async (name, how) => {
    const prefix = name.replaceAll(' ', '-');
    sells(`${prefix}-good`, ...names(`${prefix}-fine`, 3));
    expect(await statusOf(`${prefix}-good`)).toBe(200);
    const broken = names(prefix);
    breaks(broken, how);
    expect(new Set(await Promise.all(broken.map(statusOf)))).toEqual(new Set([503]));
    for (const id of names(`${prefix}-fine`, 3)) expect(await statusOf(id)).toBe(200);
  });

  it('are requested again after a delay that doubles, and only once each time', async () => {
    breaks(['doubling'], fail);
    const waits: number[] = [];
    for (let time = 0; time < 9; time += 1) {
      const before = apps.timesAsked('doubling');
      const first = await apps.get('doubling');
      expectProblem(first, 'catalog_unavailable');
      expect(apps.timesAsked('doubling') - before).toBe(time === 0 ? 3 : 1);
      expectProblem(await apps.get('doubling'), 'catalog_unavailable');
      expect(apps.timesAsked('doubling') - before).toBe(time === 0 ? 3 : 1);
      const left = await apps.redis.client.pttl('{product:doubling}:load');
      waits.push(Math.round(left / 2000));
      apps.api.clock.advance(waits[time] ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('return when to try again', async () => {
    breaks(['patient'], fail);
    for (const seconds of [1, 2, 4]) {
      expect(Number((await apps.get('patient')).headers['retry-after'])).toBeGreaterThanOrEqual(seconds);
      expect(Number((await apps.get('patient')).headers['retry-after'])).toBeGreaterThanOrEqual(seconds);
      apps.api.clock.advance(seconds);
    }
  });

  it('are available once they are fixed and their delay is over, not before', async () => {
    breaks(['mended'], fail);
    expect(await statusOf('mended')).toBe(503);
    sells('mended');
    apps.origin.broken.clear();
    expect(await statusOf('mended')).toBe(503);
    apps.api.clock.advance(1);
    expect(await statusOf('mended')).toBe(200);
    expect(await apps.redis.client.exists('{product:mended}:load')).toBe(0);
  });

  it('are served stale within their stale time', async () => {
    sells('stale', 'latest');
    for (const id of ['stale', 'latest']) expect(await statusOf(id)).toBe(200);
    breaks(['stale'], fail);
    apps.api.clock.advance(2 * TTL_SECONDS);
    for (let time = 0; time < 5; time += 1) expect(await statusOf('stale')).toBe(200);
    await eventually(
      async () => apps.redis.client.get('{product:stale}:load'),
      (state) => state?.startsWith('failed:') === true,
    );
    expect(await statusOf('stale')).toBe(200);
    expect(apps.timesAsked('stale')).toBe(4);
  });

  it('are loaded even if foreign text without an expiry is in place of the lock', async () => {
    sells('foreign');
    await apps.redis.client.set('{product:foreign}:load', 'foreign');
    expect(await statusOf('foreign')).toBe(200);
  });
});

describe('a failing origin', () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ['with errors', fail],
    ['without responding', hang],
  ])('%s is left alone for a while, and then requested again', async (name, instead) => {
    const prefix = name.replaceAll(' ', '-');
    sells(`${prefix}-before`, `${prefix}-after`);
    expect(await statusOf(`${prefix}-before`)).toBe(200);
    apps.api.clock.advance(1);
    apps.origin.instead = instead;
    expect(new Set(await Promise.all(names(prefix).map(statusOf)))).toEqual(new Set([503]));
    const before = apps.origin.asked.length;
    expectProblem(await apps.get('left-alone'), 'catalog_unavailable');
    expect(apps.origin.asked.length).toBe(before);
    apps.origin.instead = undefined;
    await eventually(
      async () => statusOf(`${prefix}-after`),
      (status) => status === 200,
    );
    for (const id of names(prefix)) expect([404, 503]).toContain(await statusOf(id));
  });
});

describe('an origin that requests a pause', () => {
  it.each([
    ['seconds', () => '7', 7],
    ['a date', () => new Date(apps.api.clock.now() + 7500).toUTCString(), 7],
  ])('in %s gets no requests for any product until then', async (name, retryAfter, seconds) => {
    const [one, other] = [`busy-${name.replace(' ', '-')}`, `other-${name.replace(' ', '-')}`];
    sells(one, other);
    breaks([one], (response) => response.writeHead(429, { 'Retry-After': retryAfter() }).end());
    const refused = await apps.get(one);
    expectProblem(refused, 'catalog_unavailable');
    expect(apps.timesAsked(one)).toBe(1);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(seconds - 1);
    expectProblem(await apps.get(other), 'catalog_unavailable');
    expect(apps.timesAsked(other)).toBe(0);

    apps.origin.broken.clear();
    apps.api.clock.advance(seconds + 1);
    expect(await statusOf(one)).toBe(200);
    expect(await statusOf(other)).toBe(200);
  });

  it('does not count as failing', async () => {
    const slow = names('slow');
    sells('after-slow');
    breaks(slow, (response) => response.writeHead(429).end());
    for (const id of slow) {
      expectProblem(await apps.get(id), 'catalog_unavailable');
      apps.api.clock.advance(60);
    }
    expect(await statusOf('after-slow')).toBe(200);
  });

  it('has its stale products served meanwhile', async () => {
    sells('kept');
    breaks(['busy'], (response) => response.writeHead(429).end());
    expect(await statusOf('kept')).toBe(200);
    apps.api.clock.advance(2 * TTL_SECONDS);
    expectProblem(await apps.get('busy'), 'catalog_unavailable');
    expect(await statusOf('kept')).toBe(200);
  });
});
