import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { isErrorReply } from '../redis-reply.js';
import { RedisInvalidations, type InvalidationFollower } from './redis.invalidations.js';

/** The channel of invalidation messages: https://redis.io/docs/latest/develop/reference/client-side-caching/ */
const CHANNEL = '__redis__:invalidate';
/** Pings are needed because a connection that only listens cannot tell a vanished peer from one with nothing to send. */
const PING_INTERVAL_MS = 500;

/** The invalidations of one server. The same connection tracks and receives them, so losing it is always noticed. */
export class NodeInvalidations implements RedisInvalidations {
  private readonly logger = new Logger(RedisInvalidations.name);
  private pinging: NodeJS.Timeout | undefined;
  private isTracking = false;
  private isFollowing = false;
  private isRefused = false;

  /** @param redis a dedicated connection, as `createInvalidatingRedis` creates it. */
  constructor(private readonly redis: Redis) {}

  follow(prefix: string, follower: InvalidationFollower): void {
    this.redis.on('ready', () => void this.track(prefix, follower));
    this.redis.on('close', () => {
      this.isTracking = false;
      this.lose(follower);
    });
    this.redis.on('messageBuffer', (_channel: Buffer, names: unknown) => {
      follower.invalidated(Array.isArray(names) ? names.map(String) : undefined);
    });
    this.pinging = setInterval(() => {
      if (this.redis.status === 'ready') void this.ping(follower);
    }, PING_INTERVAL_MS).unref();
    this.redis.connect().catch(() => undefined);
  }

  close(): void {
    clearInterval(this.pinging);
    this.redis.disconnect();
  }

  /** Turns on tracking. If Redis does not reply in time, the connection is closed and the next one tries again. */
  private async track(prefix: string, follower: InvalidationFollower): Promise<void> {
    try {
      const own = await this.redis.client('ID');
      await this.redis.call('CLIENT', 'TRACKING', 'ON', 'REDIRECT', own, 'BCAST', 'PREFIX', prefix);
      await this.redis.subscribe(CHANNEL);
    } catch (error) {
      this.sayRefused(prefix, error);
      if (!isErrorReply(error) && this.redis.status === 'ready') this.redis.disconnect(true);
      return;
    }
    this.isRefused = false;
    this.isTracking = true;
    this.find(follower);
  }

  /** Logs a rejection once, because Redis rejects again on each connection. Lost connections are logged elsewhere. */
  private sayRefused(prefix: string, error: unknown): void {
    if (!isErrorReply(error) || this.isRefused) return;
    this.isRefused = true;
    this.logger.warn({ message: `Redis does not tell of changes to ${prefix}*: no copies are kept`, err: error });
  }

  /**
   * A late reply may mean late invalidations, so nothing is cached until a ping is in time again: it arrives after all of them.
   */
  private async ping(follower: InvalidationFollower): Promise<void> {
    try {
      await this.redis.ping();
      if (this.isTracking) this.find(follower);
    } catch {
      this.lose(follower);
    }
  }

  private find(follower: InvalidationFollower): void {
    if (this.isFollowing) return;
    this.isFollowing = true;
    follower.following();
  }

  private lose(follower: InvalidationFollower): void {
    if (!this.isFollowing) return;
    this.isFollowing = false;
    follower.lost();
  }
}
