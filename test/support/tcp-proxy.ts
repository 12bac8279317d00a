import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a service and its Redis, on a port of this machine: what it does with the bytes is its subclass's. */
export abstract class TcpProxy {
  protected readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => {
    const redis = connect(this.target);
    this.tie(client, redis);
    this.tie(redis, client);
    this.join(client, redis);
  });

  /** @param target the path of the socket that Redis listens on. */
  protected constructor(protected target: string) {}

  /** What `REDIS_URL` has to say to reach Redis through the proxy. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Breaks all connections. New ones are let through. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.drop();
    await once(this.server, 'close');
  }

  protected async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Hands on what comes from one end to the other. */
  protected abstract join(client: Socket, redis: Socket): void;

  /** The other end of a connection goes with this one. */
  private tie(end: Socket, other: Socket): void {
    this.sockets.add(end);
    end.on('error', () => undefined);
    end.on('close', () => {
      this.sockets.delete(end);
      other.destroy();
    });
  }
}
