import { Injectable } from '@nestjs/common';
import { keys, reply, Replication, unlessForeign } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';
import { SessionDto } from './dto/session.dto.js';
import { SessionIndex } from './session-index.store.js';
import { SessionService } from './session.service.js';

/** The sessions of a user, to be exported and erased. */
@Injectable()
export class SessionData {
  readonly name = 'sessions';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly sessions: SessionService,
    private readonly index: SessionIndex,
    private readonly eraser: KeyEraser,
    private readonly replication: Replication,
  ) {}

  /** The sessions, as `GET /session` lists them. */
  async export(userId: string): Promise<readonly SessionDto[]> {
    return (await this.sessions.list(userId)).map((session) => SessionDto.of(session));
  }

  /**
   * Ends the sessions. The note of a renewal that the index no longer names is kept for its minute: it holds only the id of a
   * session that has ended.
   */
  async erase(userId: string, exceptSessionId?: string): Promise<void> {
    const all = await unlessForeign(this.index.idsOf(userId), []);
    const ids = all.filter((id) => id !== exceptSessionId);
    await this.eraser.erase(ids.flatMap((id) => [keys.session(id), keys.sessionRenewed(id)]));
    if (ids.length === all.length) await this.eraser.erase([keys.sessions(userId)]);
    else if (ids.length > 0) await this.forget(keys.sessions(userId), ids);
  }

  private async forget(index: string, ids: readonly string[]): Promise<void> {
    await this.replication.written(index, reply(this.redis.zrem(index, ...ids)));
  }
}
