import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** The command line of `npm run start:prod`. */
export const START_PROD: readonly string[] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts[
  'start:prod'
].split(' ');

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program of this project in a separate process, with only the PATH from the test's environment. */
export class ServiceProcess {
  /** Everything that it has printed. */
  output = '';
  readonly ended: Promise<Ending>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode }));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        child.emit('printed');
      });
    }
  }

  static run(
    command: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
    cwd: string = ROOT,
  ): ServiceProcess {
    const { PATH, HOME } = process.env;
    return new ServiceProcess(
      spawn(command, args, { cwd, env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  /** Runs the command of `npm run start:prod`. */
  static startProd(environment: NodeJS.ProcessEnv, cwd?: string): ServiceProcess {
    const options = START_PROD.slice(1, -1);
    const program = join(ROOT, START_PROD.at(-1) ?? '');
    return ServiceProcess.run(process.execPath, [...options, program], environment, cwd);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves with the first match in its output; rejects with the whole output if it ends first. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null) throw new Error(`It ended:\n${this.output}`);
      await Promise.race([once(this.child, 'printed'), this.ended]);
    }
  }

  async end(signal: NodeJS.Signals): Promise<Ending> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** A port that is currently free. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The port is not known.');
  return address.port;
}
