import type { Redis } from 'ioredis';
import { keys } from '#redis';
import { CartClient } from '../support/cart-client.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { ROOT } from '../support/root.js';
import { ServiceProcess } from '../support/service-process.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

afterEach(async () => {
  await api.redis.flushall();
});

describe('npm run verify-data', () => {
  const run = async (REDIS_URL: string) => {
    const program = ServiceProcess.run(process.execPath, [`${ROOT}/dist/scripts/verify-data.js`], { REDIS_URL });
    const { code } = await program.ended;
    return { code, output: program.output };
  };

  it('exits with 0 if no problem is found', async () => {
    await new CartClient(api.http, 'anna').add('cup').expect(200);
    expect(await run(api.server.url)).toEqual({
      code: 0,
      output: expect.stringMatching(/^\d+ keys read, 0 findings\n$/),
    });
  });

  it('exits with 1 and names each key with a problem', async () => {
    await api.redis.set(keys.cart('anna'), 'text', 'EX', 60);
    const output = `cart:anna: is a string, not a hash\n1 keys read, 1 findings\n`;
    expect(await run(api.server.url)).toEqual({ code: 1, output });
  });

  it('exits with 2 if Redis cannot be read', async () => {
    expect(await run('not an address')).toMatchObject({ code: 2, output: expect.stringContaining('REDIS_URL') });
  });

  it('reads every primary of a cluster', async () => {
    const cluster = await ClusterRedis.start({ primaries: 2 });
    try {
      for (const node of cluster.nodes) await writeBroken(node.client);
      const program = ServiceProcess.run(process.execPath, [`${ROOT}/dist/scripts/verify-data.js`], {
        REDIS_URL: cluster.url,
        REDIS_MODE: 'cluster',
      });
      expect(await program.ended).toMatchObject({ code: 1 });
      expect(program.output).toContain('2 keys read, 2 findings');
    } finally {
      await cluster.stop();
    }
  });

  it('follows a session index to the other primaries of a cluster', async () => {
    const cluster = await ClusterRedis.start({ primaries: 3 });
    try {
      for (const node of cluster.nodes) await writeSessionIndex(node.client);
      const program = ServiceProcess.run(process.execPath, [`${ROOT}/dist/scripts/verify-data.js`], {
        REDIS_URL: cluster.url,
        REDIS_MODE: 'cluster',
      });
      expect(await program.ended).toMatchObject({ code: 0 });
      expect(program.output).toContain('3 keys read, 0 findings');
    } finally {
      await cluster.stop();
    }
  });

  it('ends with 2 if no Redis responds', async () => {
    expect(await run('redis://127.0.0.1:1')).toMatchObject({ code: 2 });
  });
});

/** Writes an index under the first key whose slot the node owns. Its sessions, which are gone, would be on all nodes. */
async function writeSessionIndex(node: Redis): Promise<void> {
  const ids = Array.from({ length: 10 }, (_, number) => String(number).repeat(43));
  const entries = ids.flatMap((id, number) => [number, id]);
  for (let number = 0; ; number += 1) {
    const key = keys.sessions(`user${number}`);
    const written = await node.zadd(key, ...entries).catch(() => 0);
    if (written > 0) {
      await node.expire(key, 60);
      return;
    }
  }
}

/** Writes an invalid counter under the first key whose slot the node owns. */
async function writeBroken(node: Redis): Promise<void> {
  for (let number = 0; ; number += 1) {
    const written = await node.set(keys.rateLimit(`user${number}`), 'x', 'EX', 60).catch(() => undefined);
    if (written === 'OK') return;
  }
}
