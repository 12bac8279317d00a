import type { Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** Can hold back traffic in both directions, from a chosen command on. */
export class RedisProxy extends TcpProxy {
  private inspect: ((command: Buffer) => boolean) | undefined;
  private held: (() => void)[] | undefined;
  private onReply: (() => void) | undefined;

  /** @param redisSocket the path of the socket that Redis listens on. */
  static async start(redisSocket: string): Promise<RedisProxy> {
    const proxy = new RedisProxy(redisSocket);
    await proxy.listen();
    return proxy;
  }

  /**
   * Holds everything back once Redis has run `count` matching commands, before the last one's reply is forwarded;
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

  /** Forwards what was held back, and everything after it. */
  release(): void {
    const waiting = this.held ?? [];
    this.inspect = undefined;
    this.held = undefined;
    for (const goOn of waiting) goOn();
  }

  /** Closes all connections, and drops what was held back on them. New ones are accepted. */
  override drop(): void {
    this.inspect = undefined;
    this.held = undefined;
    super.drop();
  }

  protected override join(client: Socket, redis: Socket): void {
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
  }
}
