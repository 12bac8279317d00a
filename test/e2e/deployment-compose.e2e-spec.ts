import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '#config';
import {
  app,
  AWKWARD,
  CLOSING_SECONDS,
  commander,
  compose,
  firstOf,
  read,
  redis,
  SECRETS,
  serviceNames,
  services,
  volumes,
} from '../support/deployment-files.js';
import { itWith } from '../support/it-with.js';
import { runProgram, type Ended } from '../support/run-program.js';
import { ROOT } from '../support/root.js';
import { ServiceProcess } from '../support/service-process.js';
import { TEST_SECRET } from '../support/tokens.js';

describe('docker-compose.yml', () => {
  const program = firstOf('docker-compose version', 'docker compose version')?.replace(' version', '');
  const missing = program === undefined ? ['docker-compose'] : [];
  /** `.env.example` sets nothing: it stands in for a `.env` that may lie in this folder. */
  const config = async (without?: string): Promise<Ended> => {
    const given = SECRETS.filter((name) => name !== without).map((name) => [name, AWKWARD]);
    return runProgram('sh', ['-c', `${program ?? ''} --env-file .env.example config`], Object.fromEntries(given));
  };

  itWith(missing, 'is accepted by Compose, which passes the password on unchanged', async () => {
    const { code, stdout } = await config();
    expect(code).toBe(0);
    expect(parse(stdout).services.app.environment.REDIS_PASSWORD).toBe(AWKWARD);
  });

  itWith(
    missing,
    'needs no JWT_SECRET for tokens of an identity provider, and passes it on if there is one',
    async () => {
      const environmentOf = async (more: Record<string, string>) => {
        const secrets = Object.fromEntries(SECRETS.map((name) => [name, AWKWARD]));
        const { stdout } = await runProgram('sh', ['-c', `${program ?? ''} --env-file .env.example config`], {
          ...secrets,
          ...more,
        });
        return parse(stdout).services.app.environment;
      };
      const JWT_JWKS_URL = 'https://id.example/keys';
      const withProvider = await environmentOf({ JWT_JWKS_URL });
      expect(withProvider).toMatchObject({ JWT_JWKS_URL });
      expect(withProvider.JWT_SECRET ?? '').toBe('');
      expect(await environmentOf({ JWT_SECRET: TEST_SECRET })).toMatchObject({ JWT_SECRET: TEST_SECRET });
    },
  );

  it('lets the service report what is missing if there is neither a secret nor a provider', () => {
    const environment = { NODE_ENV: 'production', REDIS_HOST: 'redis', JWT_SECRET: '' };
    expect(() => loadConfig(environment)).toThrow('JWT_SECRET must be set in production');
    expect(loadConfig({ ...environment, JWT_JWKS_URL: 'https://id.example/keys' }).auth.secret).toBeUndefined();
  });

  itWith(missing, 'is rejected by Compose if a secret is missing, naming what to set', async () => {
    for (const secret of SECRETS) {
      const [, message = ''] = compose.split(`{${secret}:?`);
      const { code, stderr } = await config(secret);
      expect(code).not.toBe(0);
      expect(stderr).toContain(message.slice(0, message.indexOf('}')));
    }
  });

  it('has no default for any secret', () => {
    expect(new Set(compose.match(/\$\{\w+../g))).toEqual(new Set(SECRETS.map((secret) => `\${${secret}:?`)));
    expect(commander.environment).toMatchObject({
      HTTP_USER: expect.stringContaining('${REDIS_COMMANDER_USER:?'),
      HTTP_PASSWORD: expect.stringContaining('${REDIS_COMMANDER_PASSWORD:?'),
    });
  });

  it('exposes only the API to other machines', () => {
    const ports = serviceNames.flatMap((name): string[] => services[name].ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual(['8001:8001']);
    expect(app.ports).toEqual(['8001:8001']);
  });

  it.each(serviceNames)('restarts %s, and gives it only the rights it needs', (name) => {
    expect(services[name]).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('runs the API in production mode, once its Redis is healthy', () => {
    expect(app.environment).toMatchObject({ NODE_ENV: 'production', REDIS_HOST: 'redis' });
    expect(app.environment).not.toHaveProperty('AUTH_DEV_TOKENS');
    expect(app.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
    expect(commander.depends_on).toEqual(app.depends_on);
  });

  it('runs what observes the service only with the profile observability', () => {
    const profiled = serviceNames.filter((name) => services[name].profiles !== undefined);
    expect(profiled).toEqual(['prometheus', 'alertmanager', 'redis-exporter', 'otel-collector', 'tempo', 'grafana']);
    for (const name of profiled) expect(services[name].profiles).toEqual(['observability']);
  });

  it('gives the API time to drain and to finish requests', () => {
    const drain = Number(/^# SHUTDOWN_DRAIN_SECONDS=(\d+)$/m.exec(read('.env.example'))?.[1]);
    expect(parseInt(app.stop_grace_period, 10)).toBeGreaterThanOrEqual(drain + CLOSING_SECONDS);
  });

  it('stores the data of Redis in a volume', () => {
    expect(redis.command).toEqual(['sh', '/usr/local/etc/redis/start.sh', '--dir', '/data']);
    expect(redis.volumes).toEqual(['redis_data:/data', './deploy/redis:/usr/local/etc/redis:ro']);
    expect(volumes).toHaveProperty('redis_data');
  });

  it('checks the health of Redis without a password on a command line', () => {
    expect(redis.environment.REDISCLI_AUTH).toBe(redis.environment.REDIS_PASSWORD);
    expect(redis.healthcheck.test).toEqual(['CMD-SHELL', 'redis-cli ping | grep -qx PONG']);
  });
});

describe('deploy/redis/start.sh', () => {
  const script = join(ROOT, 'deploy/redis/start.sh');
  const missing = firstOf('redis-server --version && redis-cli --version') === undefined ? ['redis-server'] : [];

  itWith(missing, 'starts a Redis that never evicts a cart and requires the password', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cartwright-'));
    const socket = join(directory, 'socket');
    const args = [script, '--port', '0', '--unixsocket', socket, '--dir', directory];
    const server = ServiceProcess.run('sh', args, { REDIS_PASSWORD: AWKWARD });
    const ask = async (REDISCLI_AUTH: string, ...command: string[]): Promise<string> =>
      (await runProgram('redis-cli', ['-s', socket, ...command], { REDISCLI_AUTH })).stdout.trim();
    try {
      await server.printed(/ready to accept connections/i);
      expect(await ask('', 'GET', 'cart:user123')).toContain('NOAUTH');
      expect(await ask(AWKWARD, 'CONFIG', 'GET', 'appendonly')).toBe('appendonly\nyes');
      expect(await ask(AWKWARD, 'CONFIG', 'GET', 'maxmemory-policy')).toBe('maxmemory-policy\nnoeviction');
      expect(await ask(AWKWARD, 'CONFIG', 'GET', 'hash-max-listpack-value')).toBe('hash-max-listpack-value\n256');
      expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(AWKWARD);
    } finally {
      await server.end('SIGTERM');
      rmSync(directory, { recursive: true });
    }
  });

  it('does not start Redis without a password', async () => {
    const { code, stderr } = await runProgram('sh', [script], { REDIS_PASSWORD: '' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('REDIS_PASSWORD');
  });
});
