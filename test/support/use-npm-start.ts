import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.js';
import { freePort, ServiceProcess } from './service-process.js';

const SCRIPT = join(ROOT, 'dist/scripts/start.js');

/** `npm start` without its build, in a folder of each test's own. */
export interface NpmStart {
  readonly folder: string;
  /** @param environment without PORT it listens on a free one. */
  start(environment?: NodeJS.ProcessEnv): Promise<ServiceProcess>;
}

export function useNpmStart(): NpmStart {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-start-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  return {
    get folder() {
      return folder;
    },
    async start(environment = {}) {
      const PORT = environment.PORT ?? String(await freePort());
      return ServiceProcess.run(process.execPath, [SCRIPT], { ...environment, PORT }, folder);
    },
  };
}
