import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { type Clock } from '#kernel';
import { keys, RedisScript } from '#redis';
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
/** From one network on one account: these many without a success cost no time, each one more twice as much as the last. */
const FREE_FROM_NETWORK = 5;
const LONGEST_DELAY_MS = 300_000;
/** An hour on one account from all networks, and an hour from one network on all accounts. */
const FREE_AN_HOUR = 100;
const INTERVAL_MS = HOUR_MS / FREE_AN_HOUR;
/** Networks that an account was signed in to from, the latest ones. */
const KNOWN_NETWORKS = 10;
const KNOWN_MS = 90 * 24 * HOUR_MS;

/** Whose password is tried, and from where. */
export interface Attempt {
  /** The digest of an e-mail address, or a user id. */
  readonly account: string;
  readonly network: string;
}

/** What the attempts before this one mean for it. */
export type Counted =
  | { readonly code: 'too_early'; readonly waitMs: number }
  | {
      readonly code: 'ok';
      /** How long the account and the network ask to wait; 0 for each that has counted the attempt. */
      readonly accountWaitMs: number;
      readonly networkWaitMs: number;
      /** Whether the account was signed in to from this network. */
      readonly isKnown: boolean;
    };

/** Attempts to sign in that did not succeed: decision 0024. All operations throw RedisUnavailableError. */
@Injectable()
export class SignInAttempts {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** Counts an attempt before it is made, so that many at once are no way around. Asks as much for every account. */
  async begin(attempt: Attempt): Promise<Counted> {
    const rules = [FREE_FROM_NETWORK, LONGEST_DELAY_MS, HOUR_MS, FREE_AN_HOUR, INTERVAL_MS];
    const args = [this.clock.now(), ...rules, digestOf(attempt.network), KNOWN_MS];
    const [code, waitMs, isKnown] = beginReply.parse(await beginAttempt.run(this.redis, keysOf(attempt), args));
    if (code === 'too_early') return { code, waitMs };
    return { code, accountWaitMs: waitMs, networkWaitMs: await this.count(attempt), isKnown: isKnown === 1 };
  }

  /** Takes an attempt that succeeded out of the counts, forgets those from its network, and remembers the network. */
  async succeed(attempt: Attempt, { accountWaitMs, networkWaitMs }: Counted & { readonly code: 'ok' }): Promise<void> {
    const ofAccount = accountWaitMs === 0 ? INTERVAL_MS : 0;
    const ofNetwork = networkWaitMs === 0 ? INTERVAL_MS : 0;
    const args = [this.clock.now(), ofAccount, digestOf(attempt.network), KNOWN_NETWORKS, KNOWN_MS];
    await Promise.all([
      endAttempt.run(this.redis, keysOf(attempt), args),
      giveBackNetwork.run(this.redis, [keys.loginsOfNetwork(attempt.network)], [ofNetwork]),
    ]);
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

/** Known networks are stored for 90 days, so not as addresses that a reader of Redis could see. */
function digestOf(network: string): string {
  return createHash('sha256').update(network).digest('base64url');
}
