import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import * as z from 'zod';
import { InjectConfig, type RateLimitConfig } from '#config';
import type { Clock } from '#kernel';
import { CrossSlotFallback, keys, RedisScript, RedisUnavailableError, reply, TickBatch, type ResultOf } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { addKeys, stepsOf, type Admission, type RedisVerdict, type Verdict } from './admission.js';
import { Counting } from './counting.js';
import { LocalLimit } from './local-limit.js';

const admit = RedisScript.load(join(import.meta.dirname, 'lua'), 'admit');
const admitReply = z.string();
const COUNT = /^\d+$/;

type ThrottlerStorageRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Counts requests in Redis in fixed windows, so that all instances share one limit. One script admits all requests of a tick
 * and checks their sessions; in a cluster whose keys are in several slots, it runs key by key. While Redis is full, this
 * instance counts alone; while Redis is down, it does so if `RATE_LIMIT_ON_FAILURE` is `local`.
 */
@Injectable()
export class RedisThrottlerStorage implements ThrottlerStorage {
  private readonly admissions: TickBatch<Admission, RedisVerdict>;
  private readonly slots = new CrossSlotFallback();
  private readonly windowMs: number;
  private readonly addressLimit: number;
  private readonly isLocalOnFailure: boolean;
  private readonly local: LocalLimit;
  private readonly counting: Counting;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('rateLimit') { windowSeconds, addressMax, onFailure }: RateLimitConfig,
    @InjectClock() clock: Clock,
  ) {
    this.windowMs = windowSeconds * 1000;
    this.addressLimit = addressMax;
    this.isLocalOnFailure = onFailure === 'local';
    this.local = new LocalLimit(clock, this.windowMs, addressMax);
    this.counting = new Counting(clock);
    this.admissions = new TickBatch('admission', redis, async (admissions) =>
      admissions.length === 1 ? this.admitOne(admissions) : this.admitAll(admissions),
    );
  }

  /**
   * Checks the session of a request, then counts the request.
   * @throws RedisUnavailableError
   */
  async admit(admission: Admission): Promise<Verdict> {
    const verdict = await this.admitByRedis(admission);
    if (verdict.code === 'uncounted') return this.countHere(admission, 'Redis is full');
    if (this.counting.isLocal) this.counting.shared();
    return verdict;
  }

  /**
   * Called by the guards of `@nestjs/throttler`. The window is the same for all.
   * @throws RedisUnavailableError
   */
  async increment(tracker: string, _windowMs: number, limit: number): Promise<ThrottlerStorageRecord> {
    const verdict = await this.admit({ tracker });
    if (verdict.code !== 'admitted') throw new Error('A tracker alone is always admitted.');
    const { hits, leftSeconds } = verdict;
    return { totalHits: hits, timeToExpire: leftSeconds, isBlocked: hits > limit, timeToBlockExpire: leftSeconds };
  }

  private async admitByRedis(admission: Admission): Promise<RedisVerdict> {
    try {
      return await this.admissions.add(admission);
    } catch (error) {
      if (!this.isLocalOnFailure || !(error instanceof RedisUnavailableError)) throw error;
      return this.admitWithoutCounting(admission);
    }
  }

  /**
   * Admits a request while Redis cannot count. A Redis that rejects writes can still check sessions. If it is down, a token
   * that is bound to a session is not accepted, because the session may have ended.
   * @throws RedisUnavailableError
   */
  private async admitWithoutCounting(admission: Admission): Promise<Verdict> {
    const { sessionId } = admission;
    if (sessionId !== undefined && (await reply(this.redis.exists(keys.session(sessionId)))) === 0) {
      return { code: 'session_revoked' };
    }
    return this.countHere(admission, 'Redis cannot count');
  }

  /** The only place that counts requests in this instance. */
  private countHere(admission: Admission, why: string): Verdict {
    this.counting.local(why);
    return this.local.count(admission);
  }

  private async admitAll(admissions: readonly Admission[]): Promise<ResultOf<RedisVerdict>> {
    const names: string[] = [];
    const args: (string | number)[] = [this.windowMs, this.addressLimit];
    for (const admission of admissions) args.push(addKeys(names, admission));
    const verdicts = admitReply.parse(await admit.run(this.redis, names, args)).split('\n');
    return (index) => verdictOf(verdicts[2 * index] ?? '', Number(verdicts[2 * index + 1]));
  }

  private async admitOne(admission: readonly Admission[]): Promise<ResultOf<RedisVerdict>> {
    return this.slots.run(
      async () => this.admitAll(admission),
      async () => this.admitInSteps(admission.flatMap(stepsOf)),
    );
  }

  /**
   * Takes steps until one is not admitted. A network's counter is one key on one primary, which everyone behind that network
   * needs: if it is unavailable, the next step decides.
   */
  private async admitInSteps(steps: readonly Admission[]): Promise<ResultOf<RedisVerdict>> {
    let verdict = verdictOf('0', 0);
    for (const step of steps) {
      const isLast = step === steps.at(-1);
      const taken = this.admitAll([step]).then((verdicts) => verdicts(0));
      verdict = await (step.network === undefined || isLast ? taken : taken.catch(unlessUnavailable(verdict)));
      if (verdict.code !== 'admitted') break;
    }
    return () => verdict;
  }
}

/** Returns the given verdict if Redis is unavailable. */
function unlessUnavailable(verdict: RedisVerdict): (error: unknown) => RedisVerdict {
  return (error) => {
    if (error instanceof RedisUnavailableError) return verdict;
    throw error;
  };
}

function verdictOf(verdict: string, leftMs: number): RedisVerdict {
  const leftSeconds = Math.max(1, Math.ceil(leftMs / 1000));
  if (COUNT.test(verdict)) return { code: 'admitted', hits: Number(verdict), leftSeconds };
  if (verdict === 'address_limit_exceeded') return { code: verdict, leftSeconds };
  if (verdict === 'session_revoked' || verdict === 'uncounted') return { code: verdict };
  throw new Error('A verdict of admit.lua is unknown.');
}
