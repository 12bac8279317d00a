import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ExplainedError } from '#kernel';

/**
 * Runs the server and stops it when standard input closes, which the kernel does however this process ends. So the server
 * outlives neither a crash nor a SIGKILL of its parent.
 */
const SUPERVISE = `
exec 3<&0
"$@" 3<&- </dev/null & server=$!
{ cat <&3 >/dev/null; kill "$server" 2>/dev/null; } >/dev/null 2>&1 &
exec 3<&-
wait "$server"
`;

/** Redis 7.0 prints "now ready … at <socket>", later versions and Valkey "Ready … unix". */
const READY = /ready to accept connections/i;

/** The maximum length of a socket's path on Linux in bytes, without the closing zero. */
const MAX_SOCKET_PATH = 107;

export interface PrivateRedisOptions {
  /** `redis-server` or `valkey-server`. */
  readonly binary: string;
  /** Holds the data and the socket; created if it is missing. */
  readonly directory: string;
  /** Whether the data survive a restart. */
  readonly appendOnly: boolean;
}

/** A Redis server that belongs to this process, reachable over a socket that only this user may open. */
export class PrivateRedis {
  private constructor(
    private readonly supervisor: ChildProcess,
    readonly socket: string,
  ) {}

  /** The value of `REDIS_URL` that reaches it. */
  get url(): string {
    return `unix:${this.socket.split('/').map(encodeURIComponent).join('/')}`;
  }

  /**
   * Resolves when the server accepts connections.
   * @throws ExplainedError if the folder is in use by another server, or with the server's own output if it ends early.
   */
  static async start({ binary, directory, appendOnly }: PrivateRedisOptions): Promise<PrivateRedis> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const socket = shortestPath(join(directory, 'redis.sock'));
    if (await isListening(socket)) throw new ExplainedError(`Another process runs its Redis in ${directory}.`);

    const server = [binary, '--port', '0', '--unixsocket', 'redis.sock', '--unixsocketperm', '700'];
    const data = ['--dir', '.', '--save', '', '--appendonly', appendOnly ? 'yes' : 'no'];
    const supervisor = spawn('sh', ['-c', SUPERVISE, 'sh', ...server, ...data], {
      cwd: directory,
      // A process group of its own, so that Ctrl-C in a terminal does not stop Redis before the service has finished with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await accepting(supervisor);
    return new PrivateRedis(supervisor, socket);
  }

  /** Resolves when the server has ended, for whatever reason. */
  async ended(): Promise<void> {
    if (this.supervisor.exitCode === null && this.supervisor.signalCode === null) await once(this.supervisor, 'exit');
  }

  /** Stops the server, which first writes its data; resolves when it is gone. */
  async stop(): Promise<void> {
    this.supervisor.stdin?.end();
    await this.ended();
  }
}

async function accepting(supervisor: ChildProcess): Promise<void> {
  const { stdout } = supervisor;
  if (stdout === null) throw new Error('The output of the Redis server is not readable.');
  const lines = createInterface(stdout);
  const said: string[] = [];
  await new Promise<void>((ready, failed) => {
    supervisor.once('error', failed);
    supervisor.once('exit', () => {
      failed(new ExplainedError(`The Redis server did not start:\n${said.join('\n')}`));
    });
    lines.on('line', (line) => {
      said.push(line);
      if (READY.test(line)) ready();
    });
  });
  lines.close();
  stdout.resume();
}

function shortestPath(path: string): string {
  const absolute = resolve(path);
  const fromHere = relative(process.cwd(), absolute);
  const shortest = fromHere.length < absolute.length ? fromHere : absolute;
  if (Buffer.byteLength(shortest) > MAX_SOCKET_PATH)
    throw new ExplainedError(`The path of the socket is too long: ${absolute}`);
  return shortest;
}

async function isListening(socket: string): Promise<boolean> {
  const probe = connect(socket);
  try {
    await once(probe, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    probe.destroy();
  }
}
