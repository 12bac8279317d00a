import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/root.js';
import { freePort } from '../support/service-process.js';
import { useNpmStart } from '../support/use-npm-start.js';

/** Commands that use the service that `npm start` runs. */
const npm = useNpmStart();

describe('npm run demo', () => {
  const runDemo = (environment: NodeJS.ProcessEnv = {}) => {
    const options = { cwd: npm.folder, env: { PATH: process.env.PATH, ...environment }, encoding: 'utf8' } as const;
    return spawnSync(process.execPath, [join(ROOT, 'dist/scripts/demo.js')], options);
  };

  it('finds the service that npm start runs, whatever its port', async () => {
    const service = await npm.start();
    const [, url = ''] = await service.printed(/Cartwright runs at (\S+)[^]*^curl /m);
    const demo = runDemo();
    expect(demo).toMatchObject({ status: 0, stderr: '' });
    expect(demo.stdout).toMatch(new RegExp(`^Cartwright at ${url},`));
    await service.end('SIGINT');
    expect(existsSync(join(npm.folder, '.data/service-url'))).toBe(false);
  });

  it('looks at PORT if the noted service is gone', async () => {
    await mkdir(join(npm.folder, '.data'));
    await writeFile(join(npm.folder, '.data/service-url'), `http://127.0.0.1:${await freePort()}`);
    const port = String(await freePort());
    expect(runDemo({ PORT: port })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`No API responds at http://127.0.0.1:${port}.`),
    });
  });
});

describe('npm run token', () => {
  it('prints a token that the running service accepts', async () => {
    const service = await npm.start();
    const [, at = ''] = await service.printed(/Cartwright runs at (\S+)/);
    const script = join(ROOT, 'dist/scripts/token.js');
    const token = execFileSync(process.execPath, [script, 'operator', '--roles', 'ops,catalog'], {
      cwd: npm.folder,
      encoding: 'utf8',
    });
    const answer = await fetch(`${at}/redis/info`, { headers: { authorization: `Bearer ${token.trim()}` } });
    expect(answer.status).toBe(200);
    await service.end('SIGINT');
  });
});
