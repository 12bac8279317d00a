import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectConfig, type SessionConfig } from '#config';
import { type Clock } from '#kernel';
import { ForeignDataError, keys, RedisScript, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import type { Session } from './domain/session.js';
import { parseSession, sessionText } from './domain/stored-session.js';

const scripts = join(import.meta.dirname, 'lua');
const touch = RedisScript.load(scripts, 'touch');
const replace = RedisScript.load(scripts, 'replace');
const endRenewed = RedisScript.load(scripts, 'end_renewed');
const remove = RedisScript.load(scripts, 'delete');

const notFound = z.tuple([z.literal('session_not_found')]);
const touchReply = z.union([z.tuple([z.literal('ok'), z.string(), z.number()]), notFound]);
const replaceReply = z.union([
  z.tuple([z.literal('ok')]),
  z.tuple([z.literal('changed'), z.string(), z.number()]),
  notFound,
]);
const removeReply = z.union([z.tuple([z.literal('ok')]), notFound]);

/** How long a retried renewal returns the id that the session got the first time. */
const RENEWED_SECONDS = 60;

/** Each time, one of the clients that change a session at once succeeds, so this is how many may do so. */
export const MAX_ATTEMPTS = 200;

/** A session with the text that it was parsed from, which is compared to detect changes. */
export interface ReadSession {
  readonly session: Session;
  readonly text: string;
}

export type Replaced =
  | { readonly code: 'ok' }
  | { readonly code: 'changed'; readonly read: ReadSession }
  | { readonly code: 'session_not_found' };

/** The result of reading a list of ids. An id whose key holds anything but a session is in neither list. */
export interface FoundSessions {
  readonly sessions: readonly Session[];
  /** The ids without a key. */
  readonly gone: readonly string[];
}

/** The sessions in Redis. All operations throw RedisUnavailableError; those on one session also throw ForeignDataError. */
@Injectable()
export class SessionStore {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly replication: Replication,
  ) {}

  /** Stores a session until it expires. */
  async put(session: Session): Promise<void> {
    const seconds = session.expiresAt - this.now();
    const key = keys.session(session.id);
    await this.replication.written(key, reply(this.redis.set(key, sessionText(session), 'EX', seconds)));
  }

  /** Reads and renews a user's session; undefined if the user has no such session. */
  async touch(userId: string, sessionId: string): Promise<ReadSession | undefined> {
    const args = [userId, this.now(), this.config.idleSeconds, this.config.absoluteSeconds];
    const [code, text, secondsLeft] = touchReply.parse(await touch.run(this.redis, [keys.session(sessionId)], args));
    return code === 'ok' ? this.parse(sessionId, text, secondsLeft) : undefined;
  }

  /** Replaces a session with `next`, unless it has changed since it was read. */
  async replace({ session, text }: ReadSession, next: Session): Promise<Replaced> {
    const key = keys.session(session.id);
    const done = replace.run(this.redis, [key], [text, sessionText(next)]);
    return this.replaced(session.id, await this.replication.written(key, done));
  }

  /** Ends a session that continues under another id, and notes that id for a minute, unless the session has changed. */
  async endRenewed({ session, text }: ReadSession, nextId: string): Promise<Replaced> {
    const both = [keys.session(session.id), keys.sessionRenewed(session.id)];
    const done = endRenewed.run(this.redis, both, [text, nextId, RENEWED_SECONDS]);
    return this.replaced(session.id, await this.replication.written(keys.session(session.id), done));
  }

  /** The new id of a session that was renewed in the last minute. */
  async renewedId(sessionId: string): Promise<string | undefined> {
    return (await reply(this.redis.get(keys.sessionRenewed(sessionId)))) ?? undefined;
  }

  /** Ends a user's session; false if the user has no such session. */
  async delete(userId: string, sessionId: string): Promise<boolean> {
    const key = keys.session(sessionId);
    const done = remove.run(this.redis, [key], [userId]);
    const [code] = removeReply.parse(await this.replication.written(key, done));
    return code === 'ok';
  }

  async exists(sessionId: string): Promise<boolean> {
    return (await reply(this.redis.exists(keys.session(sessionId)))) === 1;
  }

  /** Reads sessions in the given order, without renewing them. */
  async readAll(sessionIds: readonly string[]): Promise<FoundSessions> {
    const found = await Promise.all(sessionIds.map(async (id) => this.read(id)));
    const sessions = found.filter((each) => each !== 'gone' && each !== 'foreign');
    return { sessions, gone: sessionIds.filter((_id, index) => found[index] === 'gone') };
  }

  /** The ids of the sessions that are active. */
  async existing(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all(sessionIds.map(async (id) => this.exists(id)));
    return new Set(sessionIds.filter((_id, index) => found[index]));
  }

  /** @returns how many of the sessions were active. */
  async endAll(sessionIds: readonly string[]): Promise<number> {
    const ended = await Promise.all(sessionIds.map(async (id) => this.end(keys.session(id))));
    return ended.reduce((sum, count) => sum + count, 0);
  }

  private async end(key: string): Promise<number> {
    return this.replication.written(key, reply(this.redis.unlink(key)));
  }

  private replaced(sessionId: string, reply: unknown): Replaced {
    const [code, ...changed] = replaceReply.parse(reply);
    if (code !== 'changed') return { code };
    const [text = '', secondsLeft = 0] = changed;
    const read = this.parse(sessionId, text, secondsLeft);
    return read === undefined ? { code: 'session_not_found' } : { code, read };
  }

  private async read(sessionId: string): Promise<Session | 'gone' | 'foreign'> {
    const key = keys.session(sessionId);
    try {
      const [text, secondsLeft] = await reply(Promise.all([this.redis.get(key), this.redis.ttl(key)]));
      return text === null ? 'gone' : (this.parse(sessionId, text, secondsLeft)?.session ?? 'foreign');
    } catch (error) {
      if (error instanceof ForeignDataError) return 'foreign';
      throw error;
    }
  }

  /** undefined if the text is not a session. */
  private parse(sessionId: string, text: string, secondsLeft: number): ReadSession | undefined {
    const session = parseSession(sessionId, text, this.now() + secondsLeft);
    return session && { session, text };
  }

  private now(): number {
    return Math.floor(this.clock.now() / 1000);
  }
}
