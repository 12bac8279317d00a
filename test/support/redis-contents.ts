import type { Redis } from 'ioredis';

/** Everything stored in a Redis, by key, each value as text. Expiries are omitted. */
export async function contentsOf(redis: Redis): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'COUNT', 1000);
    for (const name of names) contents.set(name, await valueOf(redis, name));
    cursor = next;
  } while (cursor !== '0');
  return new Map(Array.from(contents).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

async function valueOf(redis: Redis, name: string): Promise<string> {
  const type = await redis.type(name);
  switch (type) {
    case 'string':
      return (await redis.getBuffer(name))?.toString('latin1') ?? '';
    case 'hash':
      return JSON.stringify(Object.entries(await redis.hgetall(name)).toSorted());
    case 'zset':
      return JSON.stringify(await redis.zrange(name, 0, '-1', 'WITHSCORES'));
    case 'stream':
      return (await redis.xrange(name, '-', '+')).map((entry) => JSON.stringify(entry)).join('\n');
    default:
      throw new Error(`${name} is a ${type}, a type that the service does not use.`);
  }
}

/** The lines of the contents that include one of the texts, each after its key. */
export function linesWith(contents: ReadonlyMap<string, string>, texts: readonly string[]): string[] {
  return Array.from(contents)
    .flatMap(([key, value]) => value.split('\n').map((line) => `${key} = ${line}`))
    .filter((line) => texts.some((text) => line.includes(text)));
}
