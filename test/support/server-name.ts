import type { Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** A name that leads to a Redis server, and later to another one: connections stay with the server that they began at. */
export class ServerName extends TcpProxy {
  /** @param socket the path of the socket that the first server listens on. */
  static async start(socket: string): Promise<ServerName> {
    const name = new ServerName(socket);
    await name.listen();
    return name;
  }

  /** Leads new connections to another server. */
  moveTo(socket: string): void {
    this.target = socket;
  }

  /** Lets nothing through on the connections that there are, and does not say so to either end. */
  swallow(): void {
    for (const socket of this.sockets) socket.unpipe().removeAllListeners('end').pause();
  }

  protected override join(client: Socket, redis: Socket): void {
    client.pipe(redis).pipe(client);
  }
}
