import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRedis } from '../../tools/private-redis/find-redis.js';
import { useNpmStart } from '../support/use-npm-start.js';

const npm = useNpmStart();

describe('npm start on a machine without Redis', () => {
  /** A PATH with only these programs, and an `apt-get` that does as told. */
  async function pathWith(aptGet: string): Promise<string> {
    const bin = join(npm.folder, 'bin');
    await mkdir(bin);
    for (const program of ['sh', 'cat', 'ln']) await symlink(`/bin/${program}`, join(bin, program));
    await writeFile(join(bin, 'apt-get'), `#!/bin/sh\necho "$@" >> ${join(npm.folder, 'apt.log')}\n${aptGet}\n`);
    await chmod(join(bin, 'apt-get'), 0o755);
    await writeFile(join(bin, 'sudo'), '#!/bin/sh\nshift\nexec "$@"\n');
    await chmod(join(bin, 'sudo'), 0o755);
    return bin;
  }

  it('reports it, installs Redis and continues', async () => {
    const server = String(await findRedis(process.env.PATH ?? ''));
    const bin = await pathWith(`[ "$1" = install ] && ln -s ${server} ${join(npm.folder, 'bin/redis-server')}; exit 0`);
    const service = await npm.start({ PATH: bin });
    await service.printed(/redis-server is missing; installing it with apt-get\.[^]*Cartwright runs at/);
    expect(await readFile(join(npm.folder, 'apt.log'), 'utf8')).toMatch(/^update .*\ninstall -y .*redis-server\n$/);
    await service.end('SIGINT');
  });

  it('stops and prints the commands that install Redis if it cannot', async () => {
    const service = await npm.start({ PATH: await pathWith('exit 1') });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(/sudo apt-get update[^]*sudo apt-get install .*redis-server/);
    expect(service.output).toMatch(/brew install redis[^]*docker run /);
  });

  it('prints the commands of brew and docker if it knows no package manager', async () => {
    const bin = await pathWith('exit 0');
    await rm(join(bin, 'apt-get'));
    const service = await npm.start({ PATH: bin });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(
      /^redis-server is missing.*\n[^]*brew install redis[^]*docker run [^]*export REDIS_URL=/m,
    );
  });
});
