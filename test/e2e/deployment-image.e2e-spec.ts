import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { AccountClient } from '../support/account-client.js';
import { read } from '../support/deployment-files.js';
import { runProgram } from '../support/run-program.js';
import { ROOT } from '../support/root.js';
import { freePort, ServiceProcess, START_PROD } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { TEST_SECRET } from '../support/tokens.js';

describe('deploy/Dockerfile', () => {
  const instructions = read('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  /** What stands behind an instruction, in the order of the file. */
  const all = (name: string): string[] =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const healthCheck: string[] = JSON.parse(/CMD (\[.*\])/.exec(all('HEALTHCHECK').join())?.[1] ?? '[]');

  it('uses the slim image of Node 24, pinned by digest', () => {
    const [base, ...stages] = all('FROM');
    expect(all('ARG')).toEqual([
      expect.stringMatching(/^NODE_IMAGE=node:24\.[\d.]+-bookworm-slim@sha256:[0-9a-f]{64}$/),
    ]);
    expect(base).toBe('${NODE_IMAGE} AS base');
    for (const stage of stages) expect(stage).toMatch(/^base AS /);
  });

  it('runs as a non-root user with a numeric id', () => {
    expect(all('USER')).toEqual(['1000:1000']);
  });

  it('makes node process 1, so that it receives signals', () => {
    expect(all('CMD').map((command) => JSON.parse(command))).toEqual([START_PROD]);
    expect([START_PROD.at(0), START_PROD.at(-1)]).toEqual(['node', 'dist/api/main.js']);
    expect(all('ENTRYPOINT')).toEqual([]);
  });

  it('copies only what .dockerignore allows, which allows nothing else', () => {
    const fromContext = all('COPY').filter((copy) => !copy.startsWith('--from'));
    const copied = new Set(fromContext.flatMap((copy) => copy.split(' ').slice(0, -1)));
    const ignore = read('.dockerignore');
    expect(ignore).toMatch(/^\*$/m);
    expect(new Set(Array.from(ignore.matchAll(/^!(.*)$/gm), ([, path]) => path))).toEqual(copied);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('has a health check that turns a response with %i into exit code %i', async (status, code) => {
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

  describe('the content of the final stage', () => {
    let image: string;
    let redis: TestRedis;
    let service: ServiceProcess | undefined;
    let port: number;
    beforeAll(async () => {
      image = await mkdtemp(join(tmpdir(), 'cartwright-image-'));
      redis = await TestRedis.start();
      await copyLastStage(image);
    });
    afterAll(async () => {
      await service?.end('SIGKILL');
      await redis.stop();
      await rm(image, { recursive: true });
    });

    it('is the service, the example shop, the version and two packages', async () => {
      expect((await readdir(image)).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
      expect((await readdir(join(image, 'dist'))).toSorted()).toEqual(['api', 'shop']);
      expect((await readdir(join(image, 'node_modules'))).toSorted()).toEqual(['@node-rs', 'swagger-ui-dist']);
    });

    it('is everything the service needs, including its documentation and password hashing', async () => {
      port = await freePort();
      const secrets = { JWT_SECRET: TEST_SECRET, REDIS_URL: redis.url };
      const settings = { NODE_ENV: 'production', PORT: String(port), AUTH_ACCOUNTS: 'true' };
      service = ServiceProcess.run(process.execPath, START_PROD.slice(1), { ...secrets, ...settings }, image);
      await service.printed(/Listening on/);
      const http = supertest(`http://127.0.0.1:${port}`);
      await AccountClient.signedIn(http, 'somebody');
      await http.get('/docs/swagger-ui-bundle.js').expect(200);
      await http.get('/docs-json').expect(200);
    });

    it('signs a service token that the service accepts, from its environment alone', async () => {
      const args = [join(image, 'dist/api/token.js'), 'order-service', '--roles', 'orders,ops'];
      const signed = await runProgram(process.execPath, args, { NODE_ENV: 'production', JWT_SECRET: TEST_SECRET });
      expect(signed).toMatchObject({ code: 0, stderr: '' });
      const headers = { authorization: `Bearer ${signed.stdout.trim()}` };
      expect((await fetch(`http://127.0.0.1:${port}/redis/info`, { headers })).status).toBe(200);
    });

    it('says what a token needs if there is no JWT_SECRET', async () => {
      const args = [join(image, 'dist/api/token.js'), 'order-service'];
      const settings = { NODE_ENV: 'production', JWT_JWKS_URL: 'https://id.example/keys' };
      const signed = await runProgram(process.execPath, args, settings);
      expect(signed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^JWT_SECRET is not set/) });
    });

    /** Copies what the instructions do, from this folder instead of from the stage before. */
    async function copyLastStage(folder: string): Promise<void> {
      const stage = instructions.slice(instructions.lastIndexOf('FROM base AS run')).join('\n');
      for (const [, from = '', to = ''] of stage.matchAll(/^COPY (?:--from=build \/app\/)?(\S+) (\S+)$/gm))
        await cp(join(ROOT, from), join(folder, to === './' ? from : to), { recursive: true });
    }
  });
});
