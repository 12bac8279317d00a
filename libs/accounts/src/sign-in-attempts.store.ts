import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { type Clock } from '#kernel';
import { keys, RedisScript, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';

const scripts = join(import.meta.dirname, 'lua');
const beginAttempt = RedisScript.load(scripts, 'begin_attempt');
const countNetwork = RedisScript.load(scripts, 'count_network');
const endAttempt = RedisScript.load(scripts, 'end_attempt');
const giveBackNetwork = RedisScript.load(scripts, 'give_back_network');

const milliseconds = z.number();
const beginReply = z.union([
  z.tuple([z.literal('ok'), milliseconds, z.union([z.literal(0), z.literal(1)])]),
  z.tuple([z.literal('too_early'), milliseconds]),
]);
const countReply = z.tuple([milliseconds]);

const HOUR_MS = 3_600_000;
/** Failed attempts from one network on one account that cause no delay. After that, each delay is twice the one before. */
const FREE_FROM_NETWORK = 5;
const LONGEST_DELAY_MS = 300_000;
/** Attempts per hour on one account from all networks, and per hour from one network on all accounts. */
const FREE_AN_HOUR = 100;
const INTERVAL_MS = HOUR_MS / FREE_AN_HOUR;
/** How many networks from which an account was signed in to are remembered: the latest ones. */
const KNOWN_NETWORKS = 10;
const KNOWN_MS = 90 * 24 * HOUR_MS;

/** The account whose password is tried, and the network of the attempt. */
export interface Attempt {
  /** The digest of an e-mail address, or a user id. */
  readonly account: string;
  readonly network: string;
}

/** The effect of earlier attempts on this one. */
export type Counted =
  | { readonly code: 'too_early'; readonly waitMs: number }
  | {
      readonly code: 'ok';
      /** The wait that the account and the network ask for; 0 for each that has counted the attempt. */
      readonly accountWaitMs: number;
      readonly networkWaitMs: number;
      /** Whether the account was signed in to from this network. */
      readonly isKnown: boolean;
    };

/** Failed attempts to sign in: decision 0024. All operations throw RedisUnavailableError. */
@Injectable()
export class SignInAttempts {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before it is made, so that many concurrent ones cannot bypass the limits. Does the same work for every
   * account.
   */
  async begin(attempt: Attempt): Promise<Counted> {
    const rules = [FREE_FROM_NETWORK, LONGEST_DELAY_MS, HOUR_MS, FREE_AN_HOUR, INTERVAL_MS];
    const args = [this.clock.now(), ...rules, digestOf(attempt.network), KNOWN_MS];
    const [code, waitMs, isKnown] = beginReply.parse(await beginAttempt.run(this.redis, keysOf(attempt), args));
    if (code === 'too_early') return { code, waitMs };
    const [networkWaitMs] = await Promise.all([this.count(attempt), this.noteSource(attempt)]);
    return { code, accountWaitMs: waitMs, networkWaitMs, isKnown: isKnown === 1 };
  }

  /** Removes a successful attempt from the counts, forgets those from its network, and remembers the network. */
  async succeed(attempt: Attempt, { accountWaitMs, networkWaitMs }: Counted & { readonly code: 'ok' }): Promise<void> {
    const ofAccount = accountWaitMs === 0 ? INTERVAL_MS : 0;
    const ofNetwork = networkWaitMs === 0 ? INTERVAL_MS : 0;
    const args = [this.clock.now(), ofAccount, digestOf(attempt.network), KNOWN_NETWORKS, KNOWN_MS];
    await Promise.all([
      endAttempt.run(this.redis, keysOf(attempt), args),
      giveBackNetwork.run(this.redis, [keys.loginsOfNetwork(attempt.network)], [ofNetwork]),
    ]);
  }

  /** Lists the networks with attempts, so that they can be found when the account is erased. */
  private async noteSource({ account, network }: Attempt): Promise<void> {
    const sources = keys.loginSources(account);
    const now = this.clock.now();
    const noted = this.redis.zadd(sources, now, network);
    const forgotten = this.redis.zremrangebyscore(sources, '-inf', now - HOUR_MS);
    await reply(Promise.all([noted, forgotten, this.redis.pexpire(sources, HOUR_MS)]));
  }

  private async count({ network }: Attempt): Promise<number> {
    const args = [this.clock.now(), FREE_AN_HOUR, INTERVAL_MS];
    const [waitMs] = countReply.parse(await countNetwork.run(this.redis, [keys.loginsOfNetwork(network)], args));
    return waitMs;
  }
}

/** The three keys of an account are in one cluster slot, the network's is in another. */
function keysOf({ account, network }: Attempt): string[] {
  return [keys.loginsFrom(account, network), keys.logins(account), keys.loginNetworks(account)];
}

/** Known networks are stored for 90 days, so they are stored as digests, not as addresses that a reader of Redis could see. */
function digestOf(network: string): string {
  return createHash('sha256').update(network).digest('base64url');
}
