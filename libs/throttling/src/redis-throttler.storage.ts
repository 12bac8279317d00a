import { join } from 'node:path';
import type { ThrottlerStorage } from '@nestjs/throttler';
import * as z from 'zod';
import {
  AcrossSlots,
  meaningOfText,
  RedisScript,
  RedisUnavailableError,
  TurnBatch,
  type AnswerOf,
  type RedisClient,
} from '#redis';
import { addKeys, stepsOf, type Admission, type Verdict } from './admission.js';

const admit = RedisScript.load(join(import.meta.dirname, 'lua'), 'admit');
const admitReply = z.string();
const COUNT = /^\d+$/;

type ThrottlerStorageRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Counts requests in Redis, so that all instances share one limit: a fixed window. All requests of a tick are admitted by
 * one script, each with the check of its session; in a cluster, where their keys are in several slots, key by key.
 */
export class RedisThrottlerStorage implements ThrottlerStorage {
  private readonly admissions: TurnBatch<Admission, Verdict>;
  private readonly slots = new AcrossSlots();

  /** @param addressLimit requests of one network in a window. */
  constructor(
    private readonly redis: RedisClient,
    private readonly windowMs: number,
    private readonly addressLimit: number,
  ) {
    this.admissions = new TurnBatch(redis, async (admissions) =>
      admissions.length === 1 ? this.admitOne(admissions) : this.admitAll(admissions),
    );
  }

  /**
   * Checks the session of a request, then counts the request.
   * @throws RedisUnavailableError
   */
  async admit(admission: Admission): Promise<Verdict> {
    return this.admissions.add(admission);
  }

  /**
   * What guards of `@nestjs/throttler` call. The window is the same for all.
   * @throws RedisUnavailableError
   */
  async increment(tracker: string, _windowMs: number, limit: number): Promise<ThrottlerStorageRecord> {
    const verdict = await this.admit({ tracker });
    if (verdict.code !== 'admitted') throw new Error('A tracker alone is always admitted.');
    const { hits, leftSeconds } = verdict;
    return { totalHits: hits, timeToExpire: leftSeconds, isBlocked: hits > limit, timeToBlockExpire: leftSeconds };
  }

  private async admitAll(admissions: readonly Admission[]): Promise<AnswerOf<Verdict>> {
    const names: string[] = [];
    const args: (string | number)[] = [this.windowMs, this.addressLimit];
    for (const admission of admissions) args.push(addKeys(names, admission));
    const answers = admitReply.parse(await admit.run(this.redis, names, args)).split('\n');
    return (index) => verdictOf(answers[2 * index] ?? '', Number(answers[2 * index + 1]));
  }

  private async admitOne(admission: readonly Admission[]): Promise<AnswerOf<Verdict>> {
    return this.slots.run(
      async () => this.admitAll(admission),
      async () => this.admitInSteps(admission.flatMap(stepsOf)),
    );
  }

  /**
   * Whatever is not admitted takes no further step. A network's counter is one key of one primary, and everyone behind that
   * network needs it: while it cannot be counted, the step that follows decides.
   */
  private async admitInSteps(steps: readonly Admission[]): Promise<AnswerOf<Verdict>> {
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

/** What to go on with if Redis is not available. */
function unlessUnavailable(verdict: Verdict): (error: unknown) => Verdict {
  return (error) => {
    if (error instanceof RedisUnavailableError) return verdict;
    throw error;
  };
}

/** @throws RedisUnavailableError */
function verdictOf(answer: string, leftMs: number): Verdict {
  const leftSeconds = Math.max(1, Math.ceil(leftMs / 1000));
  if (COUNT.test(answer)) return { code: 'admitted', hits: Number(answer), leftSeconds };
  if (answer === 'address_limit_exceeded') return { code: answer, leftSeconds };
  if (answer === 'session_revoked') return { code: answer };
  throw meaningOfText(answer);
}
