import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { outsideRequests } from '#runtime';
import { isErrorReply, reply } from './redis-reply.js';

/** Receives the messages of a channel. Neither method may throw. */
export interface ChannelListener {
  message(text: string): void;
  /** The connection was lost and is subscribed again: messages in between were missed. */
  resubscribed(): void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  /** Resolves when Redis has replied to SUBSCRIBE. */
  readonly subscribed: Promise<void>;
  isSubscribed: boolean;
}

/** Pings are needed because a connection that only listens cannot tell a vanished peer from one with nothing to send. */
const PING_INTERVAL_MS = 5000;

/**
 * Pub/Sub over one connection for the whole instance, which is opened for the first listener. A channel is subscribed to once,
 * while it has listeners.
 */
export class RedisSubscriber {
  private readonly channels = new Map<string, Channel>();
  private connecting: Promise<unknown> | undefined;
  private pinging: NodeJS.Timeout | undefined;

  /**
   * @param redis a dedicated connection, as `createSubscribingRedis` creates it.
   * @param timeoutMs how long a subscription may wait for the connection.
   */
  constructor(
    private readonly redis: Redis,
    private readonly timeoutMs: number,
  ) {
    redis.on('message', (name: string, text: string) => {
      for (const listener of this.channels.get(name)?.listeners ?? []) listener.message(text);
    });
    redis.on('ready', () => void this.resubscribe());
  }

  /**
   * Listens to a channel, from the moment that the promise resolves.
   * @returns a function that stops listening.
   * @throws RedisUnavailableError
   */
  async subscribe(name: string, listener: ChannelListener): Promise<() => void> {
    const channel = this.channels.get(name) ?? outsideRequests(() => this.open(name));
    channel.listeners.add(listener);
    const leave = (): void => {
      this.leave(name, channel, listener);
    };
    try {
      await reply(channel.subscribed);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  async close(): Promise<void> {
    clearInterval(this.pinging);
    if (this.redis.status === 'ready') await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
  }

  private open(name: string): Channel {
    const subscribed = this.connected().then(async () => {
      await this.redis.subscribe(name);
      channel.isSubscribed = true;
    });
    const channel: Channel = { listeners: new Set(), subscribed, isSubscribed: false };
    this.channels.set(name, channel);
    this.pinging ??= setInterval(() => void this.redis.ping().catch(() => undefined), PING_INTERVAL_MS).unref();
    return channel;
  }

  private leave(name: string, channel: Channel, listener: ChannelListener): void {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0 || this.channels.get(name) !== channel) return;
    this.channels.delete(name);
    // Without a connection there is nothing to unsubscribe: after a loss only the names in `channels` are subscribed to again.
    if (this.redis.status === 'ready') this.redis.unsubscribe(name).catch(() => undefined);
    if (this.channels.size > 0) return;
    clearInterval(this.pinging);
    this.pinging = undefined;
  }

  /** Connects at the first use; after that ioredis maintains the connection. */
  private async connected(): Promise<void> {
    if (this.redis.status === 'ready') return;
    if (this.redis.status === 'wait') this.redis.connect().catch(() => undefined);
    this.connecting ??= once(this.redis, 'ready', { signal: AbortSignal.timeout(this.timeoutMs) }).finally(() => {
      this.connecting = undefined;
    });
    await this.connecting;
  }

  /** If Redis does not reply in time, the connection is closed and the next one tries again. */
  private async resubscribe(): Promise<void> {
    const interrupted = Array.from(this.channels).filter(([, { isSubscribed }]) => isSubscribed);
    if (interrupted.length === 0) return;
    try {
      await this.redis.subscribe(...interrupted.map(([name]) => name));
    } catch (error) {
      if (!isErrorReply(error) && this.redis.status === 'ready') this.redis.disconnect(true);
      return;
    }
    for (const [, { listeners }] of interrupted) for (const listener of [...listeners]) listener.resubscribed();
  }
}
