import { fillBigCart } from '../support/big-cart.js';
import { CartClient } from '../support/cart-client.js';
import { answerOf, isReplay, withKey } from '../support/idempotency.js';
import { useTestApp } from '../support/use-test-app.js';

/** What the answers that are kept for repeats take of Redis, for one user: 512 KiB as Redis itself counts them. */
const MAX_BYTES = 512 * 1024;
const REMEMBERED = 32;

const api = useTestApp();

async function bytesOfRecords(userId: string): Promise<number> {
  const names = await api.redis.keys(`{cart:${userId}}:idem*`);
  const sizes = await Promise.all(names.map((name) => api.redis.memory('USAGE', name, 'SAMPLES', 0)));
  return sizes.reduce<number>((sum, size) => sum + Number(size), 0);
}

const quantityOf = (write: number): number => (write % 1000) + 1;

describe('300 keyed writes to a cart of 200 long lines', () => {
  const cart = (): CartClient => new CartClient(api.http, 'big');
  const write = (index: number) => withKey(cart().update('p-7', quantityOf(index)), `key-${index}`);
  let newest: ReturnType<typeof answerOf>;

  beforeAll(async () => {
    await fillBigCart(cart());
    for (let index = 0; index < 300; index += 1) newest = answerOf(await write(index).expect(200));
  }, 120_000);

  it('use no more than half a mebibyte', async () => {
    expect(newest.text.length).toBeGreaterThan(270_000);
    expect(await bytesOfRecords('big')).toBeLessThanOrEqual(MAX_BYTES);
    expect(await bytesOfRecords('big')).toBeGreaterThan(newest.text.length / 2);
  });

  it('are replayed without a new version if they are among the last 32', async () => {
    const { version } = (await cart().get()).body;
    for (let index = 300 - REMEMBERED; index < 300; index += 1) {
      const answer = await write(index).expect(200);
      expect(isReplay(answer)).toBe(true);
      expect(answer.body.version).toBe(version);
    }
    expect((await cart().get()).body.version).toBe(version);
  });

  it('are replayed byte for byte if they are the newest', async () => {
    expect(answerOf(await write(299))).toEqual(newest);
  });
});

describe('2000 keyed writes to a small cart, with the longest keys', () => {
  const cart = (): CartClient => new CartClient(api.http, 'small');
  const write = (index: number) =>
    withKey(cart().update('laptop', quantityOf(index)), String(index).padStart(128, 'k')).expect(200);

  it('use no more than half a mebibyte, and the last 32 are replayed byte for byte', async () => {
    await cart().add('laptop').expect(200);
    const answers: ReturnType<typeof answerOf>[] = [];
    for (let index = 0; index < 2000; index += 1) answers.push(answerOf(await write(index)));
    expect(await bytesOfRecords('small')).toBeLessThanOrEqual(MAX_BYTES);
    for (let index = 2000 - REMEMBERED; index < 2000; index += 1) {
      expect(answerOf(await write(index))).toEqual(answers[index]);
    }
  }, 120_000);
});
