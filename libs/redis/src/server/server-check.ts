import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import * as z from 'zod';
import type { RedisClient } from '../client/redis.client.js';
import { keys } from '../key-space.js';
import { isErrorReply } from '../redis-reply.js';
import { RedisScript } from '../redis-script.js';
import { RedisUnavailableError } from '../redis-unavailable.error.js';
import { NEEDED_COMMANDS } from './needed-commands.js';

const checkServer = RedisScript.load(join(import.meta.dirname, 'lua'), 'check_server');
const checkReply = z.union([
  z.tuple([z.literal('ok')]).transform(() => undefined),
  z.tuple([z.literal('too_old')]).transform(() => 'It is older than 7.0'),
  z
    .tuple([z.literal('missing'), z.array(z.string())])
    .transform(([, commands]) => `These commands are forbidden or unknown: ${commands.join(', ')}`),
]);

/** How long a result is reused: Redis is checked at most once a second, however many callers ask. */
const RESULT_MS = 1000;
/** How long granted permissions are reused: checking them costs Redis 100 µs, a write only 4. */
const RIGHTS_MS = 30_000;
/** The fault of a server that is down or hangs. It is not logged here, because the lost connection is. */
const NO_REPLY = 'no reply';
/** How many keys to write in a cluster, so that they are in different parts of it. */
const CLUSTER_KEYS = 8;

/** What a server can currently do. */
export interface ServerState {
  readonly takesWrites: boolean;
  /** Whether it rejects writes because it is out of memory. */
  readonly isFull: boolean;
}

/**
 * Knows whether Redis accepts our writes, by writing a key of its own: a Redis that replies to PING may still be full,
 * read-only, too old, or forbid commands that we need. Checks each new connection, and on request. Changes are logged, one line
 * each.
 */
export class ServerCheck {
  private readonly logger = new Logger('Redis');
  private lastFault: string | undefined;
  private checkedAt = -Infinity;
  private rightsSeenAt = -Infinity;
  private checking: Promise<ServerState> | undefined;

  /** @param redis in a cluster, it is enough if any part accepts writes. */
  constructor(private readonly redis: RedisClient) {
    redis.on('ready', () => {
      this.checkedAt = -Infinity;
      this.rightsSeenAt = -Infinity;
      void this.state();
    });
  }

  /** Never rejects. A result is up to a second old. */
  async state(): Promise<ServerState> {
    if (this.checking === undefined || performance.now() - this.checkedAt > RESULT_MS) {
      this.checkedAt = performance.now();
      this.checking = this.check();
    }
    return this.checking;
  }

  private async check(): Promise<ServerState> {
    const count = this.redis instanceof Redis ? 1 : CLUSTER_KEYS;
    const needed = performance.now() - this.rightsSeenAt > RIGHTS_MS ? NEEDED_COMMANDS : [];
    const faults = await Promise.all(
      Array.from({ length: count }, async (_, index) => this.faultOf(keys.health(String(index)), needed)),
    );
    const takesWrites = faults.includes(undefined);
    const fault = takesWrites ? undefined : faults[0];
    if (!takesWrites) this.rightsSeenAt = -Infinity;
    else if (needed.length > 0) this.rightsSeenAt = performance.now();
    if (fault === undefined) this.logReturn();
    else this.logFault(fault);
    return { takesWrites, isFull: fault?.startsWith('OOM ') === true };
  }

  private async faultOf(key: string, needed: readonly string[]): Promise<string | undefined> {
    try {
      return checkReply.parse(await checkServer.run(this.redis, [key], needed));
    } catch (error) {
      const { cause } = error instanceof RedisUnavailableError ? error : { cause: error };
      return isErrorReply(cause) ? cause.message : NO_REPLY;
    }
  }

  private logFault(fault: string): void {
    if (fault !== this.lastFault && fault !== NO_REPLY)
      this.logger.error({ message: 'Redis takes no writes of ours', fault });
    this.lastFault = fault;
  }

  private logReturn(): void {
    if (this.lastFault !== undefined && this.lastFault !== NO_REPLY) this.logger.log('Redis takes our writes again');
    this.lastFault = undefined;
  }
}
