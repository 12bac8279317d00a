import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Example } from './markdown-examples.js';
import { runProgram, type Ended } from './run-program.js';

/** Only the system's own Python finds Debian's packages. */
export const PYTHON = '/usr/bin/python3';

/** The exit code of curl for a status of 400 or more, with the option `fail-with-body`. */
export const CURL_REFUSED = 22;

/** Keeps the variables that a block exports for the blocks after it. */
const KEEP_EXPORTED = `trap 'env -0 >"$HOME/exported"' EXIT\n`;

/** A reader who pastes the examples one by one into the same terminal. */
export class Terminal {
  private constructor(
    private readonly home: string,
    private environment: NodeJS.ProcessEnv,
  ) {}

  static async open(environment: NodeJS.ProcessEnv): Promise<Terminal> {
    const home = await mkdtemp(join(tmpdir(), 'cartwright-terminal-'));
    await writeFile(join(home, '.curlrc'), 'silent\nshow-error\nfail-with-body\n');
    return new Terminal(home, { ...environment, HOME: home, CURL_HOME: home });
  }

  async paste(language: Example['language'], code: string): Promise<Ended> {
    return language === 'python' ? runProgram(PYTHON, ['-c', code], this.environment) : this.bash(code);
  }

  private async bash(code: string): Promise<Ended> {
    const ended = await runProgram('bash', ['-euo', 'pipefail', '-c', KEEP_EXPORTED + code], this.environment);
    const exported = (await readFile(join(this.home, 'exported'), 'utf8')).split('\0').filter((pair) => pair !== '');
    this.environment = Object.fromEntries(exported.map((pair) => pair.split(/=([^]*)/, 2)));
    return ended;
  }

  async close(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}
