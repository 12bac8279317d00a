import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import * as z from 'zod';
import { InjectConfig, type EventsConfig } from '#config';
import { keys, RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { TooManyStreamsError } from './feed.errors.js';
import { rejectedStreams } from './stream.metrics.js';

/** How many streams a user may have open at once, across all instances. */
const PLACES = 5;
/** A lease lapses if its instance did not renew it for this many heartbeats: the instance is gone. */
const HEARTBEATS_A_LEASE = 3;

const hold = RedisScript.load(join(import.meta.dirname, 'lua'), 'hold_stream');
const holdReply = z.tuple([z.enum(['ok', 'too_many_streams'])]);

/** One open stream of a user. */
export interface StreamPlace {
  readonly userId: string;
  readonly streamId: string;
}

/** Counts the open streams of each user in Redis. */
@Injectable()
export class StreamPlaces {
  private readonly logger = new Logger(StreamPlaces.name);

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {}

  /** @throws TooManyStreamsError, RedisUnavailableError */
  async take(userId: string): Promise<StreamPlace> {
    const place = { userId, streamId: randomUUID() };
    const [code] = await this.hold(place);
    if (code === 'ok') return place;
    rejectedStreams.inc();
    throw new TooManyStreamsError(PLACES, this.config.heartbeatSeconds);
  }

  /** Renews the lease. Not awaited: the stream continues even if this fails. */
  keep(place: StreamPlace): void {
    this.hold(place).catch((error: unknown) => {
      this.logger.debug({ message: 'The lease of a stream was not renewed', err: error });
    });
  }

  /** Frees the place at once or, if Redis is unavailable, when the lease lapses. */
  leave({ userId, streamId }: StreamPlace): void {
    this.redis.zrem(keys.cartStreams(userId), streamId).catch((error: unknown) => {
      this.logger.debug({ message: 'The lease of a stream was left to lapse', err: error });
    });
  }

  private async hold({ userId, streamId }: StreamPlace): Promise<z.infer<typeof holdReply>> {
    const leaseMs = this.config.heartbeatSeconds * 1000 * HEARTBEATS_A_LEASE;
    return holdReply.parse(await hold.run(this.redis, [keys.cartStreams(userId)], [streamId, leaseMs, PLACES]));
  }
}
