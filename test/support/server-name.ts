import type { Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** A name for a Redis server, and later for another one. Existing connections stay with their server. */
export class ServerName extends TcpProxy {
  /** @param socket the path of the socket that the first server listens on. */
  static async start(socket: string): Promise<ServerName> {
    const name = new ServerName(socket);
    await name.listen();
    return name;
  }

  /** Directs new connections to another server. */
  moveTo(socket: string): void {
    this.target = socket;
  }

  /** Silently drops all data on the existing connections. */
  swallow(): void {
    for (const socket of this.sockets) socket.unpipe().removeAllListeners('end').pause();
  }

  protected override join(client: Socket, redis: Socket): void {
    client.pipe(redis).pipe(client);
  }
}
