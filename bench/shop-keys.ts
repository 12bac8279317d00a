import type { Redis } from 'ioredis';
import * as z from 'zod';

const LINES = 20;
/** Number of carts written together. */
const BATCH = 200;
const USER = 'sample';

/** The size of something in Redis, as the service stores it and in its plainest form. */
export interface ObjectSize {
  readonly name: string;
  readonly bytes: number;
  readonly plainBytes: number;
}

/** The keys of carts, sessions and products, written by the service itself. */
export class ShopKeys {
  constructor(
    private readonly redis: Redis,
    private readonly url: string,
    private readonly tokenOf: (userId: string, ...roles: string[]) => string,
  ) {}

  /** Measures a cart of 20 lines, a session and a product, with the guide's plain structures for comparison. */
  async sizes(): Promise<ObjectSize[]> {
    const operations = sampleLines().map((line) => ({ op: 'add', ...line }));
    await this.post('/cart/batch', { operations });
    const session = z.object({ session_id: z.string() });
    const preferences = { theme: 'dark', language: 'en' };
    const { session_id: sessionId } = session.parse(await this.post('/session/create', { preferences }));
    const headset = { name: 'Gaming Headset', price: 89.99, description: '7.1 surround sound gaming headset' };
    await this.post('/cache/product/headset', headset);

    await this.redis.hset('plain:cart', Object.fromEntries(sampleLines().map(plainLine)));
    const plainSession = { user_id: USER, cart_count: 20, last_activity: 1795432344.859, preferences };
    await this.redis.set('plain:session', JSON.stringify(plainSession), 'EX', 3600);
    await this.redis.set('plain:product', JSON.stringify(headset), 'EX', 3600);
    return [
      await this.size('A cart of 20 lines', [`cart:${USER}`, `{cart:${USER}}:meta`], 'plain:cart'),
      await this.size('A session', [`session:${sessionId}`, `sessions:${USER}`], 'plain:session'),
      await this.size('A product', ['product:headset'], 'plain:product'),
    ];
  }

  /** Gives each of the users with these numbers a copy of the sample cart, as the service stored it. */
  async copyCarts(from: number, to: number): Promise<void> {
    const [lines, meta, ttl] = await Promise.all([
      this.redis.hgetall(`cart:${USER}`),
      this.redis.hgetall(`{cart:${USER}}:meta`),
      this.redis.pttl(`cart:${USER}`),
    ]);
    for (let user = from; user < to; user += BATCH) {
      const pipeline = this.redis.pipeline();
      for (let copy = user; copy < Math.min(user + BATCH, to); copy += 1) {
        pipeline.hset(`cart:user-${copy}`, lines).pexpire(`cart:user-${copy}`, ttl);
        pipeline.hset(`{cart:user-${copy}}:meta`, meta).pexpire(`{cart:user-${copy}}:meta`, ttl);
      }
      await pipeline.exec();
    }
  }

  private async size(name: string, keys: readonly string[], plainKey: string): Promise<ObjectSize> {
    const sizes = await Promise.all(keys.map(async (key) => this.bytesOf(key)));
    return { name, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), plainBytes: await this.bytesOf(plainKey) };
  }

  private async bytesOf(key: string): Promise<number> {
    return z.number().parse(await this.redis.memory('USAGE', key, 'SAMPLES', 0));
  }

  private async post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.tokenOf(USER, 'catalog')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} responded with ${response.status}: ${await response.text()}`);
    const answer: unknown = await response.json();
    return answer;
  }
}

/** The bytes of lines, as `docs/redis-keys.md` counts them. */
function sampleLines() {
  return Array.from({ length: LINES }, (_, index) => ({
    product_id: `product-${String(index + 1).padStart(2, '0')}`,
    quantity: 2,
    product_data: { name: `Product number ${String(index + 1).padStart(2, '0')}`, price: 19.99 },
  }));
}

/** As the guide's Python code writes it: `json.dumps` puts a space after `:` and `,`. */
function plainLine({ product_id, quantity, product_data: { name, price } }: ReturnType<typeof sampleLines>[number]) {
  return [product_id, `{"quantity": ${quantity}, "price": ${price}, "name": "${name}"}`] as const;
}
