import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a service and its Redis, and can hold back each reply for a while, as a slow Redis does. */
export class SlowRedis {
  /** Milliseconds by which a reply is late. */
  delayMs = 0;
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
  static async start(redisSocket: string): Promise<SlowRedis> {
    const server = createServer();
    const slow = new SlowRedis(server, redisSocket);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return slow;
  }

  /** What `REDIS_URL` has to say. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `redis://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const redis = connect(this.redisSocket);
    let lastDueAt = 0;
    client.on('data', (command) => redis.write(command));
    redis.on('data', (reply) => {
      // In order, also when the delay has become shorter.
      lastDueAt = Math.max(lastDueAt, performance.now() + this.delayMs);
      setTimeout(() => client.write(reply), lastDueAt - performance.now());
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
