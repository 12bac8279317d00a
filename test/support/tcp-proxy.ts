import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy between a service and its Redis, or a client and a service, on a port of this machine. Subclasses decide what happens to the bytes. */
export abstract class TcpProxy {
  protected readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => {
    const redis = connect(typeof this.target === 'number' ? { port: this.target } : { path: this.target });
    this.tie(client, redis);
    this.tie(redis, client);
    this.join(client, redis);
  });

  /** @param target the path of the socket that Redis listens on, or a port of this machine. */
  protected constructor(protected target: string | number) {}

  /** The value for `REDIS_URL` that reaches Redis through the proxy. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  protected get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is not listening.');
    return address.port;
  }

  /** Closes all connections. New ones are accepted. */
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

  /** Forwards data from one end to the other. */
  protected abstract join(client: Socket, redis: Socket): void;

  /** Closes the other end of a connection together with this one. */
  private tie(end: Socket, other: Socket): void {
    this.sockets.add(end);
    end.on('error', () => undefined);
    end.on('close', () => {
      this.sockets.delete(end);
      other.destroy();
    });
  }
}
