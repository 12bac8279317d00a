import { once } from 'node:events';
import { createServer } from 'node:http';
import { read } from '../support/deployment-files.js';
import { runProgram } from '../support/run-program.js';
import { freePort } from '../support/service-process.js';

describe('deploy/Dockerfile', () => {
  const instructions = read('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  /** What stands behind an instruction, in the order of the file. */
  const all = (name: string): string[] =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const startProd: string = JSON.parse(read('package.json')).scripts['start:prod'];
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
    expect(all('CMD').map((command) => JSON.parse(command))).toEqual([startProd.split(' ')]);
    expect(startProd).toMatch(/^node .*dist\/apps\/api\/src\/main\.js$/);
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
