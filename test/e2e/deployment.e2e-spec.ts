import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { runProgram, type Ended } from '../support/run-program.js';
import { freePort, ROOT, ServiceProcess } from '../support/service-process.js';

/** What running requests get after the drain, and what there is to spare, in seconds. */
const CLOSING_SECONDS = 10 + 5;
/** What a password may hold; not `$`, which Compose doubles in what it prints. */
const AWKWARD = 'p@ss:w/o#r"d\\ %';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The names in lines of `NAME=value`, and of `# NAME=value` as in `.env.example`. */
const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm), ([, name = '']) => name);

/** The first of these commands that runs here. */
const firstOf = (...commands: string[]): string | undefined =>
  commands.find((command) => spawnSync('sh', ['-c', command]).status === 0);

/** A test that needs a program: skipped where it does not run, with a name that says why. */
const itWith = (program: string | undefined, lacking: string) => (name: string, test: () => Promise<void>) => {
  if (program === undefined) it.skip(`${name} (skipped: no ${lacking} here)`, test);
  else it(name, test);
};

const tagged = ({ name, newTag }: { name: string; newTag: string }): string => `${name}:${newTag}`;

const compose = read('docker-compose.yml');
const { services, volumes } = parse(compose, { merge: true });
const { app, redis, 'redis-commander': commander } = services;
const serviceNames = Object.keys(services);
const COMPOSE_ONLY = ['REDIS_COMMANDER_USER', 'REDIS_COMMANDER_PASSWORD'];
const SECRETS = ['REDIS_PASSWORD', 'JWT_SECRET', ...COMPOSE_ONLY];

describe('docker-compose.yml', () => {
  const program = firstOf('docker-compose version', 'docker compose version')?.replace(' version', '');
  const itWithCompose = itWith(program, 'Compose');
  /** `.env.example` sets nothing: it stands in for a `.env` that may lie in this folder. */
  const config = async (without?: string): Promise<Ended> => {
    const given = SECRETS.filter((name) => name !== without).map((name) => [name, AWKWARD]);
    return runProgram('sh', ['-c', `${program ?? ''} --env-file .env.example config`], Object.fromEntries(given));
  };

  itWithCompose('is accepted by Compose, which hands the password on as it is', async () => {
    const { code, stdout } = await config();
    expect(code).toBe(0);
    expect(parse(stdout).services.app.environment.REDIS_PASSWORD).toBe(AWKWARD);
  });

  itWithCompose('is refused by Compose where a secret is missing, with what to set', async () => {
    for (const secret of SECRETS) {
      const [, message = ''] = compose.split(`{${secret}:?`);
      const { code, stderr } = await config(secret);
      expect(code).not.toBe(0);
      expect(stderr).toContain(message.slice(0, message.indexOf('}')));
    }
  });

  it('has a default for no secret', () => {
    expect(new Set(compose.match(/\$\{\w+../g))).toEqual(new Set(SECRETS.map((secret) => `\${${secret}:?`)));
    expect(commander.environment).toMatchObject({
      HTTP_USER: expect.stringContaining('${REDIS_COMMANDER_USER:?'),
      HTTP_PASSWORD: expect.stringContaining('${REDIS_COMMANDER_PASSWORD:?'),
    });
  });

  it('shows the API to other machines and nothing else', () => {
    const ports = serviceNames.flatMap((name): string[] => services[name].ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual(['8001:8001']);
    expect(app.ports).toEqual(['8001:8001']);
  });

  it.each(serviceNames)('restarts %s, and gives it no right that it does not need', (name) => {
    expect(services[name]).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('runs the API in production, once its Redis is healthy', () => {
    expect(app.environment).toMatchObject({ NODE_ENV: 'production', REDIS_HOST: 'redis' });
    expect(app.environment).not.toHaveProperty('AUTH_DEV_TOKENS');
    expect(app.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
    expect(commander.depends_on).toEqual(app.depends_on);
  });

  it('gives the API the time to drain and to finish', () => {
    const drain = Number(/^# SHUTDOWN_DRAIN_SECONDS=(\d+)$/m.exec(read('.env.example'))?.[1]);
    expect(parseInt(app.stop_grace_period, 10)).toBeGreaterThanOrEqual(drain + CLOSING_SECONDS);
  });

  it('keeps what Redis writes in a volume', () => {
    expect(redis.command).toEqual(['sh', '/usr/local/etc/redis/start.sh', '--dir', '/data']);
    expect(redis.volumes).toEqual(['redis_data:/data', './deploy/redis:/usr/local/etc/redis:ro']);
    expect(volumes).toHaveProperty('redis_data');
  });

  it('asks for the health of Redis without a password on a command line', () => {
    expect(redis.environment.REDISCLI_AUTH).toBe(redis.environment.REDIS_PASSWORD);
    expect(redis.healthcheck.test).toEqual(['CMD-SHELL', 'redis-cli ping | grep -qx PONG']);
  });
});

describe('deploy/redis/start.sh', () => {
  const script = join(ROOT, 'deploy/redis/start.sh');
  const itWithRedis = itWith(firstOf('redis-server --version && redis-cli --version'), 'redis-server');

  itWithRedis('starts a Redis that never drops a cart and lets nobody in without the password', async () => {
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

  it('starts none without a password', async () => {
    const { code, stderr } = await runProgram('sh', [script], { REDIS_PASSWORD: '' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('REDIS_PASSWORD');
  });
});

describe('deploy/Dockerfile', () => {
  const instructions = read('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  /** What stands behind an instruction, in the order of the file. */
  const all = (name: string): string[] =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const healthCheck: string[] = JSON.parse(/CMD (\[.*\])/.exec(all('HEALTHCHECK').join())?.[1] ?? '[]');

  it('runs on the slim image of Node 24', () => {
    const [base, ...stages] = all('FROM');
    expect(base).toBe('node:24-slim AS base');
    for (const stage of stages) expect(stage).toMatch(/^base AS /);
  });

  it('runs as a user that is not root, named by number', () => {
    expect(all('USER')).toEqual(['1000:1000']);
  });

  it('makes node process 1, so that it gets the signals', () => {
    expect(all('CMD')).toEqual(['["node", "dist/apps/api/src/main.js"]']);
    expect(all('ENTRYPOINT')).toEqual([]);
  });

  it('installs no development dependency into the image', () => {
    expect(all('RUN').at(-1)).toBe('npm ci --omit=dev --omit=optional');
    expect(all('COPY').slice(-2)).toEqual([expect.stringContaining('dist/apps'), expect.stringContaining('dist/libs')]);
    expect(all('COPY')).toContain('--from=dependencies /app/node_modules node_modules');
  });

  it('finds all that it copies let through by .dockerignore, which lets nothing else through', () => {
    const fromContext = all('COPY').filter((copy) => !copy.startsWith('--from'));
    const copied = new Set(fromContext.flatMap((copy) => copy.split(' ').slice(0, -1)));
    const ignore = read('.dockerignore');
    expect(ignore).toMatch(/^\*$/m);
    expect(new Set(Array.from(ignore.matchAll(/^!(.*)$/gm), ([, path]) => path))).toEqual(copied);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('has a health check that turns an answer of %i into the exit code %i', async (status, code) => {
    const asked: (string | undefined)[] = [];
    const port = await freePort();
    const server = createServer(({ url }, answer) => {
      asked.push(url);
      answer.writeHead(status).end();
    }).listen(port);
    await once(server, 'listening');
    const [command, ...args] = healthCheck;
    const answer = await runProgram(process.execPath, args, { PORT: String(port) });
    server.close();
    expect(command).toBe('node');
    expect(asked).toEqual(['/health/live']);
    expect(answer).toMatchObject({ code });
  });
});

describe('deploy/k8s', () => {
  const kustomization = parse(read('deploy/k8s/kustomization.yaml'));
  const { spec: deployment } = parse(read('deploy/k8s/deployment.yaml'));
  const { spec: service } = parse(read('deploy/k8s/service.yaml'));
  const { spec: policy } = parse(read('deploy/k8s/network-policy.yaml'));
  const { spec: budget } = parse(read('deploy/k8s/pod-disruption-budget.yaml'));
  const { spec: autoscaler } = parse(read('deploy/k8s/horizontal-pod-autoscaler.yaml'));
  const config = parseEnv(read('deploy/k8s/config.env'));
  const pod = deployment.template.spec;
  const [container] = pod.containers;

  itWith(firstOf('kubectl kustomize --help'), 'kubectl')(
    'is built by kustomize without a cluster, and holds no Secret',
    async () => {
      const { code, stdout } = await runProgram('kubectl', ['kustomize', 'deploy/k8s'], {});
      expect(code).toBe(0);
      expect(stdout).toContain('kind: Deployment');
      expect(stdout).not.toContain('kind: Secret');
    },
  );

  it('applies every manifest but the example of the Secret', () => {
    const files = readdirSync(join(ROOT, 'deploy/k8s')).filter((file) => file.endsWith('.yaml'));
    const applied = ['kustomization.yaml', 'secret.example.yaml', ...kustomization.resources];
    expect(files.sort()).toEqual(applied.sort());
  });

  it.each([
    ['startupProbe', '/health/live'],
    ['livenessProbe', '/health/live'],
    ['readinessProbe', '/health/ready'],
  ])('has a %s that asks %s', (probe, path) => {
    expect(container[probe].httpGet).toEqual({ path, port: 'http' });
    expect(container.ports).toEqual([{ name: 'http', containerPort: 8001 }]);
  });

  it('has a Service on the port of the pods', () => {
    expect(service.ports).toEqual([{ name: 'http', port: 8001, targetPort: 'http' }]);
  });

  it('runs without root, without rights and without a way to write', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('ends after the drain and the running requests, and a new one starts before', () => {
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      Number(config.SHUTDOWN_DRAIN_SECONDS) + CLOSING_SECONDS,
    );
    expect(deployment.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('stays up while a node is drained', () => {
    expect(autoscaler.minReplicas).toBeGreaterThan(budget.maxUnavailable);
    expect(deployment).not.toHaveProperty('replicas');
  });

  it('lets in requests, and out names and Redis', () => {
    expect(policy.ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8001 }] }]);
    const names = [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ];
    expect(policy.egress).toEqual([
      { ports: names },
      { ports: [{ protocol: 'TCP', port: Number(config.REDIS_PORT) }] },
    ]);
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
  });

  it.each([
    ['Deployment', deployment.selector.matchLabels],
    ['Service', service.selector],
    ['NetworkPolicy', policy.podSelector.matchLabels],
    ['PodDisruptionBudget', budget.selector.matchLabels],
  ])('has a %s that selects the pods', (_kind, selector) => {
    expect(selector).toEqual(deployment.template.metadata.labels);
  });

  it('reads the ConfigMap and the Secret, and no variable that another Service brings with it', () => {
    expect(pod.enableServiceLinks).toBe(false);
    const { metadata } = parse(read('deploy/k8s/secret.example.yaml'));
    const [{ name: configMap }] = kustomization.configMapGenerator;
    expect(container.envFrom).toEqual([{ configMapRef: { name: configMap } }, { secretRef: { name: metadata.name } }]);
  });
});

describe('every deployment file', () => {
  const { stringData } = parse(read('deploy/k8s/secret.example.yaml'));
  const known = namesIn(read('.env.example'));

  it.each([
    ['docker-compose.yml', Object.keys(app.environment)],
    ['docker-compose.yml, from outside', SECRETS.filter((name) => !COMPOSE_ONLY.includes(name))],
    ['the ConfigMap', namesIn(read('deploy/k8s/config.env'))],
    ['the example of the Secret', Object.keys(stringData)],
  ])('sets what .env.example lists: %s', (_file, names) => {
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has a tag for every image, and never the latest', () => {
    const { images } = parse(read('deploy/k8s/kustomization.yaml'));
    const named = [...serviceNames.map((name): string => services[name].image), ...images.map(tagged)];
    for (const image of named) expect(image).toMatch(/^[\w./-]+:(?!latest$)[\w.-]+$/);
  });

  it('gives no secret away', () => {
    expect(Object.values(stringData)).toEqual(['replace-me', 'replace-me']);
    expect(namesIn(read('deploy/k8s/config.env')).filter((name) => SECRETS.includes(name))).toEqual([]);
  });
});
