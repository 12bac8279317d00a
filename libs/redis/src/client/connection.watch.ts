import type { Redis } from 'ioredis';
import { watchHandshake } from './handshake.deadline.js';
import { watchDeadlines } from './reply.deadline.js';
import { watchSilence } from './silence.watch.js';

/** What each connection is watched for: a handshake or replies that are late, and a peer that has gone silent. */
export function watchConnection(redis: Redis, commandTimeoutMs: number): void {
  watchHandshake(redis);
  watchDeadlines(redis, commandTimeoutMs);
  watchSilence(redis, commandTimeoutMs);
}
