import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { isErrorReply, reply } from './redis-reply.js';

/** What a subscriber of a channel is told. Neither method may throw. */
export interface ChannelListener {
  message(text: string): void;
  /** The connection was lost and the subscription stands again: messages between the two were missed. */
  resubscribed(): void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  /** Settles with Redis's answer to SUBSCRIBE. */
  readonly subscribed: Promise<void>;
  isSubscribed: boolean;
}

/** A connection that only listens would take a peer that is gone without a word for one that has nothing to say. */
const PING_INTERVAL_MS = 5000;

/**
 * Pub/Sub over one connection for the whole instance, however many listen; it is made for the first of them. A channel
 * is subscribed to once, while somebody listens to it.
 */
export class RedisSubscriber {
  private readonly channels = new Map<string, Channel>();
  private connecting: Promise<unknown> | undefined;
  private pinging: NodeJS.Timeout | undefined;

  /**
   * @param redis a connection for this alone, as `createSubscribingRedis` makes it.
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
   * Listens to a channel; what is published from then on is heard.
   * @returns how to stop.
   * @throws RedisUnavailableError
   */
  async subscribe(name: string, listener: ChannelListener): Promise<() => void> {
    const channel = this.channels.get(name) ?? this.open(name);
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
    // Without a connection there is nothing to leave: only what stands in `channels` is subscribed to again.
    if (this.redis.status === 'ready') this.redis.unsubscribe(name).catch(() => undefined);
    if (this.channels.size > 0) return;
    clearInterval(this.pinging);
    this.pinging = undefined;
  }

  /** Connects at the first use; from then on ioredis sees to the connection. */
  private async connected(): Promise<void> {
    if (this.redis.status === 'ready') return;
    if (this.redis.status === 'wait') this.redis.connect().catch(() => undefined);
    this.connecting ??= once(this.redis, 'ready', { signal: AbortSignal.timeout(this.timeoutMs) }).finally(() => {
      this.connecting = undefined;
    });
    await this.connecting;
  }

  /** If Redis does not take it in time, the next connection asks again. */
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
