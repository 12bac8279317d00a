import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { keys, RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';

const findEntries = RedisScript.load(join(import.meta.dirname, 'lua'), 'find_entries');
const page = z.tuple([z.string(), z.array(z.tuple([z.string(), z.string(), z.array(z.string())]))]);

/** Entries that Redis looks at before it turns to other clients: about a millisecond. */
const PAGE = 500;
/** A search waits this many times as long as its last page took, so that it never has more than a third of Redis. */
const REST = 2;
/** Users whose entries are found by one search. */
const MAX_USERS = 100;

/** An entry of the stream. */
export interface FoundEntry {
  readonly id: string;
  /** Names and values alternate. */
  readonly fields: readonly string[];
}

interface Search {
  readonly userId: string;
  readonly visit: (entries: readonly FoundEntry[]) => Promise<void>;
  /** Only the first call counts. */
  readonly done: (error?: Error) => void;
}

/**
 * Finds the entries of users in the stream of all changes. There is no index, so every entry is looked at. An instance makes one
 * search at a time, and searches that were asked for meanwhile share the next one.
 */
@Injectable()
export class EventSearch {
  private waiting: Search[] = [];
  private isBusy = false;

  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  /**
   * Visits all entries of a user, oldest first, some at a time.
   * @throws RedisUnavailableError, ForeignDataError, and what `visit` throws
   */
  async visitAll(userId: string, visit: Search['visit']): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error): void => {
        if (error === undefined) resolve();
        else reject(error);
      };
      this.waiting.push({ userId, visit, done });
      void this.searchWhileAsked();
    });
  }

  private async searchWhileAsked(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.waiting.length > 0) {
      const together = this.waiting.slice(0, MAX_USERS);
      this.waiting = this.waiting.slice(MAX_USERS);
      const error = await this.search(together).then(() => undefined, errorOf);
      for (const { done } of together) done(error);
    }
    this.isBusy = false;
  }

  private async search(together: readonly Search[]): Promise<void> {
    const users = Array.from(new Set(together.map(({ userId }) => userId)));
    const open = new Set(together);
    let start = '-';
    while (start !== '' && open.size > 0) {
      const begun = performance.now();
      const [next, found] = page.parse(await findEntries.run(this.redis, [keys.cartEvents], [start, PAGE, ...users]));
      for (const search of open) {
        const own = found.filter(([user]) => user === search.userId).map(([, id, fields]) => ({ id, fields }));
        if (own.length === 0) continue;
        // A visit that fails ends its own search only, not those of others that share the pages.
        await search.visit(own).catch((cause: unknown) => {
          open.delete(search);
          search.done(errorOf(cause));
        });
      }
      if (next !== '') await delay(REST * (performance.now() - begun));
      start = next;
    }
  }
}

function errorOf(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('The search failed.', { cause });
}
