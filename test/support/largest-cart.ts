import type { Redis } from 'ioredis';

/** The largest carts that are allowed, 262,144 bytes in Redis: few lines of 4 KiB, or the maximum number of lines. */
export const LARGEST_CARTS: readonly [lines: number, bytesOfALine: number][] = [
  [64, 4080],
  [200, 1300],
];

/** Writes such a cart to Redis as this service does. */
export async function storeLargestCart(
  redis: Redis,
  userId: string,
  [lines, bytes]: readonly [number, number],
): Promise<void> {
  const now = Date.now();
  const fields = Array.from({ length: lines }, (_, index) => [`p-${index}`, line(bytes, now + index)]);
  await redis.hset(`cart:${userId}`, ...fields.flat());
  await redis.hset(`{cart:${userId}}:meta`, { version: lines, currency: 'USD', updated_at: now + lines });
  for (const key of [`cart:${userId}`, `{cart:${userId}}:meta`]) await redis.expire(key, 3600);
}

function line(bytes: number, added: number): string {
  const description = 'd'.repeat(Math.min(bytes / 2, 2000));
  const start = `{"quantity":1,"price":9.99,"name":"Product","description":"${description}","image_url":"https://a.example/`;
  const end = `","at":[${added},0]}`;
  return start + 'i'.repeat(bytes - start.length - end.length) + end;
}
