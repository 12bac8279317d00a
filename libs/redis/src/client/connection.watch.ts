import type { Redis } from 'ioredis';
import { watchHandshake } from './handshake.deadline.js';
import { watchDeadlines } from './reply.deadline.js';
import { watchSilence } from './silence.watch.js';

/** Watches a connection for a late handshake, late replies and a peer that has gone silent. */
export function watchConnection(redis: Redis, commandTimeoutMs: number): void {
  watchHandshake(redis);
  watchDeadlines(redis, commandTimeoutMs);
  watchSilence(redis, commandTimeoutMs);
}
