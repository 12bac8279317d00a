import type { Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** Delays each reply, as a slow Redis does. */
export class SlowRedis extends TcpProxy {
  /** The delay in milliseconds. */
  delayMs = 0;

  /** @param redisSocket the path of the socket that Redis listens on. */
  static async start(redisSocket: string): Promise<SlowRedis> {
    const slow = new SlowRedis(redisSocket);
    await slow.listen();
    return slow;
  }

  protected override join(client: Socket, redis: Socket): void {
    let lastDueAt = 0;
    client.on('data', (command) => redis.write(command));
    redis.on('data', (reply) => {
      // Keeps the order even if the delay becomes shorter.
      lastDueAt = Math.max(lastDueAt, performance.now() + this.delayMs);
      setTimeout(() => client.write(reply), lastDueAt - performance.now());
    });
  }
}
