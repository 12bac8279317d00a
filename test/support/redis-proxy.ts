import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a service and its Redis, and can hold up what goes to and fro from a chosen command on. */
export class RedisProxy {
  private inspect: ((command: Buffer) => boolean) | undefined;
  private held: (() => void)[] | undefined;
  private onReply: (() => void) | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly redisSocket: string,
  ) {
    server.on('connection', (client) => {
      this.join(client);
    });
  }

  /** @param redisSocket the path of the socket that Redis listens on. */
  static async start(redisSocket: string): Promise<RedisProxy> {
    const server = createServer();
    const proxy = new RedisProxy(server, redisSocket);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** What `REDIS_URL` has to say to reach Redis through the proxy. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `redis://127.0.0.1:${address.port}`;
  }

  /**
   * Holds everything up once Redis has carried out `count` commands that match, before the last one's reply goes back;
   * with 0, before the first one reaches Redis. Resolves then.
   */
  async holdAfter(count: number, pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      let seen = 0;
      this.inspect = (command) => {
        if (!pattern.test(command.toString('latin1'))) return true;
        seen += 1;
        if (seen < count) return true;
        this.held = [];
        this.onReply = resolve;
        if (count === 0) resolve();
        return count > 0;
      };
    });
  }

  /** Lets go on what was held up, and all that follows. */
  release(): void {
    const waiting = this.held ?? [];
    this.inspect = undefined;
    this.held = undefined;
    for (const goOn of waiting) goOn();
  }

  /** Breaks all connections, with what was held up on them. New ones are let through. */
  drop(): void {
    this.inspect = undefined;
    this.held = undefined;
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const redis = connect(this.redisSocket);
    const send = (to: Socket, text: Buffer): void => {
      if (this.held === undefined) to.write(text);
      else this.held.push(() => to.write(text));
    };
    client.on('data', (command: Buffer) => {
      if (this.held === undefined && this.inspect?.(command) === true) redis.write(command);
      else send(redis, command);
    });
    redis.on('data', (reply: Buffer) => {
      send(client, reply);
      if (this.held !== undefined) this.onReply?.();
    });
    for (const [end, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      this.sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.sockets.delete(end);
        other.destroy();
      });
    }
  }
}
