import type { Redis } from 'ioredis';
import { watchDeadlines } from './reply.deadline.js';
import { watchSilence } from './silence.watch.js';

/** What each connection is watched for: replies that are late, and a peer that has gone silent. */
export function watchConnection(redis: Redis, commandTimeoutMs: number): void {
  watchDeadlines(redis, commandTimeoutMs);
  watchSilence(redis, commandTimeoutMs);
}
