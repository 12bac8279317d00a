import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { onCore, SERVER_CORE } from './cores.js';
import { residentMiB } from './process-figures.js';

/** Microseconds of one tick in `/proc/<pid>/stat`. Linux counts a hundred ticks a second (`getconf CLK_TCK`). */
const MICROSECONDS_A_TICK = 10_000;
const READY_MS = 30_000;

export interface ServerCommand {
  readonly name: string;
  readonly node: string;
  /** Node's options and the program. */
  readonly args: readonly string[];
  readonly port: number;
  /** A path that responds with a status below 500 once the server is ready. */
  readonly readyPath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A server in its own process on its own core, whose CPU time and memory can be read. */
export class MeasuredServer {
  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly child: ChildProcess,
    /** Milliseconds from the start of the process to its first response. */
    readonly startMs: number,
  ) {}

  /**
   * @param pinned whether it is pinned to its core; the start is measured on all cores.
   * @throws Error if it does not respond.
   */
  static async start(command: ServerCommand, pinned = true): Promise<MeasuredServer> {
    const { name, node, args, port, environment } = command;
    const [program, ...rest] = pinned ? onCore(SERVER_CORE, [node, ...args]) : [node, ...args];
    const url = `http://127.0.0.1:${port}`;
    if (await isAnswering(url)) throw new Error(`Another server is already running at ${url}.`);
    const startedAt = performance.now();
    const child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) },
    });
    process.once('exit', () => child.kill('SIGKILL'));
    await answering(child, `${url}${command.readyPath}`, lastPrinted(child));
    return new MeasuredServer(name, url, child, performance.now() - startedAt);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** CPU time of the process in user and kernel mode, in microseconds. */
  cpuTime(): number {
    // After the name of the program, which may contain spaces: state, ten more fields, utime, stime (proc(5)).
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_A_TICK;
  }

  /** Resident memory in MiB. */
  residentMiB(): number {
    return residentMiB(this.pid);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

async function isAnswering(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ status }) => status < 500,
    () => false,
  );
}

/** Reads the output of a process, as a container runtime does, and keeps the end of it. */
function lastPrinted({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (printed: string) => {
      text = (text + printed).slice(-2000);
    });
  }
  return () => text;
}

async function answering(child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    if (await isAnswering(url)) return;
    await delay(5);
  }
  throw new Error(`No response from ${url}; the server printed:\n${printed()}`);
}
