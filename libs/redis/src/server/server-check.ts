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

/** How long a result is good: Redis is asked once a second at most, however many ask. */
const RESULT_MS = 1000;
/** How long rights that were there are taken to be: to look at them costs Redis 100 µs, a write 4. */
const RIGHTS_MS = 30_000;
/** The fault of a server that is away or hangs: the loss of its connection is logged anyway. */
const NO_REPLY = 'no reply';
/** Keys that lie in different parts of a cluster. */
const CLUSTER_KEYS = 8;

/** What a server can do for us. */
export interface ServerState {
  readonly takesWrites: boolean;
  /** Whether it takes none that need memory, because it has no more. */
  readonly isFull: boolean;
}

/**
 * Knows whether Redis takes our writes, by writing a key of its own: it may respond to PING and be full, read-only, too old, or
 * forbid what we need. It looks at each new connection, and when it is asked; changes are logged, a line each.
 */
export class ServerCheck {
  private readonly logger = new Logger('Redis');
  private lastFault: string | undefined;
  private checkedAt = -Infinity;
  private rightsSeenAt = -Infinity;
  private checking: Promise<ServerState> | undefined;

  /** @param redis of a cluster, it is enough if any part of it takes writes. */
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
