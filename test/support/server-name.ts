import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A name that leads to a Redis server, and later to another one: connections stay with the server that they began at. */
export class ServerName {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly listener: Server,
    private target: string,
  ) {
    listener.on('connection', (client) => {
      this.join(client, connect(this.target));
    });
  }

  /** @param socket the path of the socket that the first server listens on. */
  static async start(socket: string): Promise<ServerName> {
    const name = new ServerName(createServer(), socket);
    name.listener.listen(0, '127.0.0.1');
    await once(name.listener, 'listening');
    return name;
  }

  /** What `REDIS_URL` has to say. */
  get url(): string {
    const address = this.listener.address();
    if (address === null || typeof address === 'string') throw new Error('The name leads nowhere.');
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Leads new connections to another server. */
  moveTo(socket: string): void {
    this.target = socket;
  }

  /** Closes all connections. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Lets nothing through on the connections that there are, and does not say so to either end. */
  swallow(): void {
    for (const socket of this.sockets) socket.unpipe().removeAllListeners('end').pause();
  }

  async stop(): Promise<void> {
    this.listener.close();
    this.drop();
    await once(this.listener, 'close');
  }

  private join(client: Socket, redis: Socket): void {
    client.pipe(redis).pipe(client);
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
