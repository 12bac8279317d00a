import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { freePort, type ServiceProcess } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { useNpmStart } from '../support/use-npm-start.js';

const npm = useNpmStart();

/** The curl command that it prints, run as a person would paste it. */
async function pasteCurl(service: ServiceProcess): Promise<string> {
  const [command] = await service.printed(/^curl (?:.*\\\n)+.*$/m);
  return execFileSync('bash', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Redis servers whose data is in the folder. */
function redisServers(): string {
  return spawnSync(
    'sh',
    [
      '-c',
      `for p in /proc/[0-9]*; do [ "$(readlink $p/cwd)" = "${join(npm.folder, '.data/redis')}" ] && echo $p; done`,
    ],
    { encoding: 'utf8' },
  ).stdout;
}

describe('npm start', () => {
  it('prints the docs address and a curl command that works when pasted', async () => {
    const service = await npm.start();
    const cart = JSON.parse(await pasteCurl(service));
    expect(cart).toMatchObject({ user_id: 'user123', count: 1, total_price: 1299.99 });
    const [, docs = ''] = await service.printed(/^Docs: +(\S+)$/m);
    expect((await fetch(docs)).status).toBe(200);
    await service.end('SIGINT');
  });

  it('prints the address of the example shop, and fills its shelf', async () => {
    const service = await npm.start();
    const [, shop = ''] = await service.printed(/^Shop: +(\S+)$/m);
    expect((await fetch(shop)).status).toBe(200);
    const [, token = ''] = await service.printed(/Bearer (\S+)'/);
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(new URL('/cache/products?ids=stoneware-mug,stoneware-vase', shop), { headers });
    expect(await response.json()).toMatchObject({ products: [{ name: 'Mug' }, { name: 'Vase' }], missing: [] });
    await service.end('SIGINT');
  });

  it('serves no shop with SHOP=false', async () => {
    const service = await npm.start({ SHOP: 'false' });
    const [, url = ''] = await service.printed(/Cartwright runs at (\S+)[^]*^curl /m);
    expect(service.output).not.toContain('Shop:');
    expect((await fetch(`${url}/shop`)).status).toBe(404);
    await service.end('SIGINT');
  });

  it('prints no address of the docs with DOCS=false', async () => {
    const service = await npm.start({ DOCS: 'false' });
    const [, url = ''] = await service.printed(/Cartwright runs at (\S+)[^]*^curl /m);
    expect(service.output).not.toMatch(/docs/i);
    expect((await fetch(`${url}/docs`)).status).toBe(404);
    await service.end('SIGINT');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves no process and no socket behind after %s, and exits with 0',
    async (signal) => {
      const service = await npm.start({ SHUTDOWN_DRAIN_SECONDS: '0' });
      await service.printed(/Cartwright runs at/);
      expect(redisServers()).not.toBe('');
      expect(await service.end(signal)).toEqual({ code: 0, signal: null });
      expect(redisServers()).toBe('');
      expect(existsSync(join(npm.folder, '.data/redis/redis.sock'))).toBe(false);
    },
  );

  it('keeps the carts across a restart', async () => {
    for (const count of [1, 2]) {
      const service = await npm.start();
      expect(JSON.parse(await pasteCurl(service))).toMatchObject({ count, version: count });
      await service.end('SIGINT');
    }
  });

  it('stops its Redis even when it is killed', async () => {
    const service = await npm.start();
    await service.printed(/Cartwright runs at/);
    await service.end('SIGKILL');
    await eventually(
      async () => Promise.resolve(redisServers()),
      (servers) => servers === '',
    );
  });

  it('exits with 1 and reports the reason if its Redis dies', async () => {
    const service = await npm.start();
    await service.printed(/Cartwright runs at/);
    // Some end by themselves as soon as one of the others has.
    const kill = `for p in ${redisServers().replaceAll('\n', ' ')}; do kill -9 "\${p#/proc/}" || true; done`;
    execFileSync('sh', ['-c', kill], { stdio: 'ignore' });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(/^The Redis in \.data\/redis has ended/m);
    // The log may have the stack of the connection that was lost; the explanation has none.
    expect(service.output).not.toMatch(/^The Redis in [^\n]*\n +at /m);
  });

  it('reports that another instance uses the port, exits with 1 and leaves that instance running', async () => {
    const PORT = String(await freePort());
    const first = await npm.start({ PORT });
    await first.printed(/Cartwright runs at/);
    const second = await npm.start({ PORT });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output).toContain(`Port ${PORT} is taken`);
    expect(JSON.parse(await pasteCurl(first))).toMatchObject({ count: 1 });
    await first.end('SIGINT');
  });

  it('does not share its data with a second instance on another port', async () => {
    const first = await npm.start();
    await first.printed(/Cartwright runs at/);
    const second = await npm.start();
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output).toContain('Another process runs its Redis in');
    await first.end('SIGINT');
  });

  it('uses the Redis that the environment names, starts none of its own, and says where it is', async () => {
    const redis = await TestRedis.start('', 'plain');
    const port = await redis.openPort();
    const service = await npm.start({ REDIS_URL: `redis://127.0.0.1:${port}` });
    await service.printed(new RegExp(`^Redis: +127\\.0\\.0\\.1:${port}$`, 'm'));
    expect(redisServers()).toBe('');
    expect(JSON.parse(await pasteCurl(service))).toMatchObject({ count: 1 });
    await service.end('SIGINT');
    await redis.stop();
  });

  it('says plainly that the Redis that the environment names is not available, without its password', async () => {
    const service = await npm.start({ REDIS_HOST: '127.0.0.1', REDIS_PORT: '1', REDIS_PASSWORD: 'secret-of-redis' });
    await service.printed(/^Redis: +127\.0\.0\.1:1 IS NOT AVAILABLE, so requests get 503[^]*^curl /m);
    expect(service.output).toMatch(/ECONNREFUSED/);
    expect(service.output).not.toContain('secret-of-redis');
    await service.end('SIGINT');
  });

  it('prints a token with all roles', async () => {
    const service = await npm.start();
    const [, claims = ''] = await service.printed(/Bearer [\w-]+\.([\w-]+)\./);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      roles: ['catalog', 'ops', 'orders', 'privacy', 'support'],
    });
    await service.end('SIGINT');
  });

  it('is rejected in production, where issuing tokens to anyone is forbidden', async () => {
    const service = await npm.start({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(/AUTH_DEV_TOKENS must not be true in production/);
  });
});
