import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRedis } from '../../../test/support/test-redis.js';
import { ForeignDataError } from './foreign-data.error.js';
import { RedisScript } from './redis-script.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

describe('a script', () => {
  it('receives its keys and arguments, and is sent in full only once', async () => {
    const script = new RedisScript('return { KEYS[1], ARGV[1], tonumber(ARGV[2]) * 2 }');
    await redis.client.config('RESETSTAT');
    for (let run = 0; run < 3; run += 1) {
      await expect(script.run(redis.client, ['k'], ['text', 21])).resolves.toEqual(['k', 'text', 42]);
    }
    const statistics = await redis.client.info('commandstats');
    expect(statistics).toMatch(/cmdstat_eval:calls=1,/);
    expect(statistics).toMatch(/cmdstat_evalsha:calls=3,/);
  });

  it('runs even if Redis has forgotten it', async () => {
    const script = new RedisScript("return redis.call('INCR', KEYS[1])");
    await script.run(redis.client, ['counter'], []);
    await redis.client.script('FLUSH');
    await expect(script.run(redis.client, ['counter'], [])).resolves.toBe(2);
  });

  it('that finds a key of the wrong type reports the keys it was given, whether or not it was sent in full', async () => {
    const script = new RedisScript("return redis.call('HGETALL', KEYS[2])");
    await redis.client.set('{cart:anna}:meta', 'x');
    for (let run = 0; run < 2; run += 1) {
      const error: unknown = await script
        .run(redis.client, ['cart:anna', '{cart:anna}:meta'], ['argument'])
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ForeignDataError);
      expect(error).toMatchObject({ context: { keys: ['cart:anna', '{cart:anna}:meta'] } });
    }
  });

  describe('that includes others', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cartwright-lua-'));
    });
    afterEach(async () => {
      await rm(folder, { recursive: true });
    });

    const write = async (name: string, text: string): Promise<void> => writeFile(join(folder, `${name}.lua`), text);

    it('contains their texts and those that they include, once each', async () => {
      await write('number', 'local number = 21 -- $& $1\n');
      await write('double', '-- include: number\nlocal doubled = number * 2\n');
      await write('main', '-- include: double\n-- include: number\nreturn doubled + number\n');
      const script = RedisScript.load(folder, 'main');
      await expect(script.run(redis.client, [], [])).resolves.toBe(63);
      expect(script.lua.match(/local number/g)).toHaveLength(1);
    });

    it('has no function that it does not use, and needs no permission for what that function would call', async () => {
      await write('store', "local function store(key)\n  return redis.call('SET', key, '1')\nend\n");
      await write('main', '-- include: store\nreturn 1\n');
      const script = RedisScript.load(folder, 'main');
      expect(script.lua.trim()).toBe('return 1');
      await expect(script.run(redis.client, [], [])).resolves.toBe(1);
    });

    it('is rejected if they include each other', async () => {
      await write('hen', '-- include: egg\n');
      await write('egg', '-- include: hen\n');
      expect(() => RedisScript.load(folder, 'hen')).toThrow('Scripts include each other: hen, egg, hen');
    });
  });
});
