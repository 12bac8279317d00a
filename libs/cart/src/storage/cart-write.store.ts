import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, Replication, type RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { MAX_QUANTITY } from '../domain/cart.js';
import type { CartOperation } from '../domain/cart-operation.js';
import type { WrittenCart } from '../domain/written.js';
import type { CartWrite } from '../write/cart-write.js';
import { MergeContendedError } from './merge.errors.js';
import { MAX_ATTEMPTS, pause } from './merge-pause.js';
import { UnfinishedMerges } from './unfinished-merges.store.js';
import { CartActivity } from './cart-activity.js';
import { changesWithContent } from './changed-content.js';
import { cartKeys } from './cart-keys.js';
import { newLife } from './cart-life.js';
import { CartParser } from './cart.parser.js';
import { accepted } from './cart.rejections.js';
import { cartReplies, type CartReply } from './cart.replies.js';

/** Runs the scripts that write a cart, with the keys and arguments that `lua/lib/write.lua` names. */
@Injectable()
export class CartWriteStore {
  private readonly ttlMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') private readonly config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly replication: Replication,
    private readonly parser: CartParser,
    private readonly activity: CartActivity,
    private readonly unfinishedMerges: UnfinishedMerges,
  ) {
    this.ttlMs = config.ttlSeconds * 1000;
  }

  /**
   * Runs a script that returns the cart.
   * @param operation the operation as the user's counters and the change feed name it.
   * @param args the script's own arguments, from ARGV[11] on.
   * @throws DomainError if the script rejects the write; RedisUnavailableError, NotReplicatedError
   */
  async write(
    operation: CartOperation,
    script: RedisScript,
    write: CartWrite,
    args: readonly (string | number)[],
  ): Promise<WrittenCart> {
    const reply = accepted(cartReplies.write.parse(await this.run(script, write, args)));
    return this.written(operation, write, reply);
  }

  /** The cart that a script returned. The write is recorded, unless it is a replay or a dry run. */
  written(operation: CartOperation, { userId, actor, dryRun }: CartWrite, reply: CartReply): WrittenCart {
    const { stored, changed, replayed } = reply;
    const { life, version, updatedAt: at } = stored;
    const cart = this.parser.parse(userId, stored);
    const changes = changesWithContent(reply, cart.lines);
    const event = { type: operation, userId, actor, life, version, at, changes };
    if (!replayed && !dryRun) this.activity.record(event, changed);
    return { cart, changes, replayed, dryRun };
  }

  /**
   * Runs a script that returns something else. If a merge of this cart, a guest's, is unfinished, it is finished first.
   * @param args the script's own arguments, from ARGV[11] on.
   * @param moreKeys the script's own keys, from KEYS[6] on.
   * @returns the script's raw reply, for the caller to parse.
   * @throws MergeContendedError, RedisUnavailableError, NotReplicatedError
   */
  async run(
    script: RedisScript,
    write: CartWrite,
    args: readonly (string | number)[],
    moreKeys: readonly string[] = [],
  ): Promise<unknown> {
    let seen: string | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const reply = await this.runOnce(script, write, args, moreKeys);
      const offerId = unfinishedMergeOf(reply);
      if (offerId === undefined) return reply;
      // The merge may be about to finish. If its offer is still there after a pause, it has been abandoned.
      if (offerId === seen) await this.unfinishedMerges.finishNamed(write.userId, offerId);
      else await pause(attempt + 1);
      seen = offerId;
    }
    throw new MergeContendedError(write.userId);
  }

  private async runOnce(
    script: RedisScript,
    { userId, ifMatch, idempotency, dryRun }: CartWrite,
    args: readonly (string | number)[],
    moreKeys: readonly string[],
  ): Promise<unknown> {
    const index = keys.cartIdempotencyIndex(userId);
    const record = idempotency === undefined ? index : keys.cartIdempotency(userId, idempotency.key);
    const { currency, maxLines, maxBytes } = this.config;
    const done = script.run(
      this.redis,
      [...cartKeys(userId), index, record, ...moreKeys],
      [
        this.clock.now(),
        this.ttlMs,
        ifMatch,
        dryRun ? '' : (idempotency?.fingerprint ?? ''),
        currency,
        MAX_QUANTITY,
        maxLines,
        maxBytes,
        newLife(),
        dryRun ? 'dry_run' : '',
        ...args,
      ],
    );
    return dryRun ? done : this.replication.written(keys.cart(userId), done);
  }
}

/** The id of the offer that a write met, as `lua/lib/write.lua` returns it; undefined for any other reply. */
function unfinishedMergeOf(reply: unknown): string | undefined {
  return Array.isArray(reply) && reply[0] === 'merge_unfinished' ? String(reply[1]) : undefined;
}
