import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type EventsConfig } from '#config';
import { keys, RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';

const trim = RedisScript.load(join(import.meta.dirname, 'lua'), 'trim_events');

/** How many changes an instance appends before it measures the stream again: at most 150 KB of them. */
const CHANGES_BETWEEN = 100;

/** Keeps the stream of all changes at about `EVENTS_MAX_BYTES`: Redis itself can limit only the number of entries. */
@Injectable()
export class EventStreamBound {
  private readonly logger = new Logger(EventStreamBound.name);
  private left = 0;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {}

  /** Counts appended changes. Measures the stream with the first of them, and again after each hundred. */
  count(changes: number): void {
    this.left -= changes;
    if (this.left > 0) return;
    this.left = CHANGES_BETWEEN;
    trim.run(this.redis, [keys.cartEvents], [this.config.maxBytes]).catch((error: unknown) => {
      this.logger.debug({ message: 'The stream of changes was not measured', err: error });
    });
  }
}
