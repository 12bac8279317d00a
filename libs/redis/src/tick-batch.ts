import { CrossSlotFallback } from './cross-slot.fallback.js';
import { BatchedWriteRedis } from './client/batched-write.redis.js';
import type { RedisClient } from './client/redis.client.js';

/** So many are asked together at most: a script holds up everybody else while it runs. */
const MAX_TOGETHER = 100;

/** What one of those who ask is told, by its place among the questions. It may throw, for that one alone. */
export type ResultOf<Answer> = (index: number) => Answer;

interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Asks Redis by one command what several requests ask in one tick. A command for each takes 5 µs of this
 * process's time and 3 of Redis's.
 */
export class TickBatch<Question, Answer> {
  private readonly slots = new CrossSlotFallback();
  private waiting: Asked<Question, Answer>[] = [];

  /**
   * @param ask asks for all. If it rejects, all that ask are rejected. If a cluster has the keys of several in
   *   different slots, it gets them one by one.
   */
  constructor(
    private readonly redis: RedisClient,
    private readonly ask: (questions: readonly Question[]) => Promise<ResultOf<Answer>>,
  ) {}

  /** Asks at the end of this turn. */
  async add(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (this.waiting.length === 1) this.sendLater();
      else if (this.waiting.length === MAX_TOGETHER) this.send();
    });
  }

  private sendLater(): void {
    const send = this.send.bind(this);
    if (this.redis instanceof BatchedWriteRedis) this.redis.atEndOfTick(send);
    else setImmediate(send);
  }

  private send(): void {
    const asked = this.waiting;
    this.waiting = [];
    if (asked.length > 0) void this.askAll(asked);
  }

  private async askAll(asked: readonly Asked<Question, Answer>[]): Promise<void> {
    try {
      await this.slots.run(
        async () => this.askFor(asked),
        async () => this.askApart(asked),
      );
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private async askFor(asked: readonly Asked<Question, Answer>[]): Promise<void> {
    const answerOf = await this.ask(asked.map(({ question }) => question));
    asked.forEach(({ resolve, reject }, index) => {
      try {
        resolve(answerOf(index));
      } catch (error) {
        reject(error);
      }
    });
  }

  private async askApart(asked: readonly Asked<Question, Answer>[]): Promise<void> {
    await Promise.all(asked.map(async (each) => this.askFor([each]).catch(each.reject)));
  }
}
