import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a service and its Redis, and can cut the two apart at a chosen command. */
export class RedisProxy {
  private inspect: ((command: Buffer) => boolean) | undefined;
  private isCut = false;
  private onReply: (() => void) | undefined;

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
   * Cuts the connections once Redis has carried out `count` commands that match, before the last one's reply goes back;
   * with 0, before the first one reaches Redis. Resolves then.
   */
  async cutAfter(count: number, pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      let seen = 0;
      this.inspect = (command) => {
        if (!pattern.test(command.toString('latin1'))) return true;
        seen += 1;
        if (seen < count) return true;
        this.isCut = true;
        this.onReply = resolve;
        if (count === 0) resolve();
        return count > 0;
      };
    });
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const redis = connect(this.redisSocket);
    client.on('data', (command: Buffer) => {
      if (this.isCut) return;
      if (this.inspect?.(command) ?? true) redis.write(command);
    });
    redis.on('data', (reply: Buffer) => {
      if (this.isCut) this.onReply?.();
      else client.write(reply);
    });
    for (const [end, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      end.on('error', () => undefined);
      end.on('close', () => other.destroy());
    }
  }
}
