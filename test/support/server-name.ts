import type { Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** A name for a Redis server, and later for another one. Existing connections stay with their server. */
export class ServerName extends TcpProxy {
  /** @param server the socket or port that the first server listens on. */
  static async start(server: string | number): Promise<ServerName> {
    const name = new ServerName(server);
    await name.listen();
    return name;
  }

  /** Directs new connections to another server. */
  moveTo(server: string | number): void {
    this.target = server;
  }

  /** Silently drops all data on the existing connections. */
  swallow(): void {
    for (const socket of this.sockets) socket.unpipe().removeAllListeners('end').pause();
  }

  protected override join(client: Socket, redis: Socket): void {
    client.pipe(redis).pipe(client);
  }
}
