import { Injectable } from '@nestjs/common';
import { isoTime } from '#kernel';
import { keys, pairsOf, reply, unlessForeign } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';

/** A user's account and sign-ins, to be exported and erased. */
@Injectable()
export class AccountData {
  readonly name = 'account';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly eraser: KeyEraser,
  ) {}

  /** null if nothing is stored. Without the password hash. The address itself is not stored, only its digest. */
  async export(userId: string): Promise<unknown> {
    const [createdAt, digest] = await reply(this.redis.hmget(keys.account(userId), 'created_at', 'email_digest'));
    const logins = await reply(this.redis.hgetall(keys.refreshFamilies(userId)));
    const attempts = await Promise.all(namesOf(userId, digest).map(async (name) => this.attemptsOn(name)));
    const signIns = Object.entries(logins).map(([sessionId, text]) => renderLogin(sessionId, text));
    const stored = { sign_ins: signIns, attempts: attempts.filter((each) => each !== undefined) };
    if (createdAt === null && signIns.length === 0 && stored.attempts.length === 0) return null;
    return { created_at: timeOf(createdAt), email_digest: digest ?? null, ...stored };
  }

  /**
   * The account goes last: until then, a retry finds its address. While it is there, a sign-in that is running can succeed; the
   * second round of an erasure deletes what that has written.
   */
  async erase(userId: string): Promise<void> {
    const account = keys.account(userId);
    const digest = await unlessForeign(reply(this.redis.hget(account, 'email_digest')), null);
    const attempts = await Promise.all(namesOf(userId, digest).map(async (name) => this.attemptKeys(name)));
    await this.eraser.erase([...attempts.flat(), keys.refreshFamilies(userId)]);
    await this.eraser.erase(await this.ownAddress(userId, digest));
    await this.eraser.erase([account]);
  }

  /** The key of the address, unless it belongs to another account. */
  private async ownAddress(userId: string, digest: string | null): Promise<string[]> {
    if (digest === null) return [];
    const key = keys.accountEmail(digest);
    return (await unlessForeign(reply(this.redis.get(key)), userId)) === userId ? [key] : [];
  }

  private async attemptKeys(name: string): Promise<string[]> {
    const sources = await this.sourcesOf(name);
    const from = sources.map((network) => keys.loginsFrom(name, network));
    return [...from, keys.loginSources(name), keys.loginNetworks(name), keys.logins(name)];
  }

  private async sourcesOf(name: string): Promise<string[]> {
    return unlessForeign(reply(this.redis.zrange(keys.loginSources(name), 0, '-1')), []);
  }

  private async attemptsOn(name: string): Promise<object | undefined> {
    const [limit, known, sources] = await Promise.all([
      reply(this.redis.get(keys.logins(name))),
      reply(this.redis.zrange(keys.loginNetworks(name), 0, '-1', 'WITHSCORES')),
      this.sourcesOf(name),
    ]);
    const failed = await Promise.all(sources.map(async (network) => this.failedFrom(name, network)));
    if (limit === null && known.length === 0 && sources.length === 0) return undefined;
    return {
      on: name,
      forgotten_at: timeOf(limit),
      failed: failed.filter((each) => each !== undefined),
      known_networks: pairsOf(known).map(([digest, time]) => ({ digest, signed_in_at: timeOf(time) })),
    };
  }

  private async failedFrom(name: string, network: string): Promise<object | undefined> {
    const [count] = await reply(this.redis.hmget(keys.loginsFrom(name, network), 'count'));
    return count === null || count === undefined ? undefined : { network, count: Number(count) };
  }
}

/** Attempts are counted by the digest of the address at a sign-in, and by the user id when the password is asked for again. */
function namesOf(userId: string, digest: string | null | undefined): string[] {
  return digest === null || digest === undefined || digest === '' ? [userId] : [userId, digest];
}

/** A login's text holds the generation of its token, then the times of the latest ones, the latest first. */
function renderLogin(sessionId: string, text: string): object {
  const [, ...times] = text.split(' ');
  return { session_id: sessionId, refreshed_at: times.map(timeOf) };
}

/** null for anything that is not a time in milliseconds. */
function timeOf(milliseconds: string | null | undefined): string | null {
  return /^\d{1,15}$/.test(milliseconds ?? '') ? isoTime(Number(milliseconds)) : null;
}
