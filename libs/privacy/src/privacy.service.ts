import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Caller, Clock } from '#kernel';
import { InjectClock } from '#runtime';
import { InjectAccountOwner, type AccountOwner } from './ports/account-owner.js';
import { InjectUserDataSources, type UserDataSource } from './ports/user-data-source.js';

/**
 * How long requests that were running may still write: counters are written 10 ms after a response, and events at the end of a
 * tick.
 */
const SETTLE_MS = 100;

/** Everything that is stored about a user. */
export interface UserData {
  readonly userId: string;
  /** Milliseconds since the Unix epoch. */
  readonly exportedAt: number;
  /** By the name of the source. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Exports and erases what is stored about users. All operations throw RedisUnavailableError. */
@Injectable()
export class PrivacyService {
  private readonly logger = new Logger(PrivacyService.name);

  constructor(
    @InjectUserDataSources() private readonly sources: readonly UserDataSource[],
    @InjectAccountOwner() private readonly owner: AccountOwner,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Reads one source after the other, so that an export never occupies Redis with many commands at once.
   * @throws ForeignDataError
   */
  async export(userId: string): Promise<UserData> {
    const data = new Map<string, unknown>();
    for (const source of this.sources) data.set(source.name, await source.export(userId));
    return { userId, exportedAt: this.clock.now(), data: Object.fromEntries(data) };
  }

  /** Exports the data of another user, and logs who did so. @throws ForeignDataError */
  async exportFor(operator: Caller, userId: string): Promise<UserData> {
    this.logger.log({ message: 'The data of a user is exported', operator_id: operator.userId, user_id: userId });
    return this.export(userId);
  }

  /**
   * Erases the caller's own data. The session of the caller's token ends last, so that the request can be retried.
   * @throws what `AccountOwner` throws, NotReplicatedError
   */
  async eraseOwn(caller: Caller, password: string | undefined, network: string): Promise<void> {
    await this.owner.confirm(caller, password, network);
    await this.erase(caller.userId, caller.sessionId);
  }

  /** Erases the data of another user, and logs who did so. @throws NotReplicatedError */
  async eraseFor(operator: Caller, userId: string): Promise<void> {
    this.logger.log({ message: 'The data of a user is erased', operator_id: operator.userId, user_id: userId });
    await this.erase(userId);
  }

  /** The second round deletes what requests have written that were running during the first. */
  private async erase(userId: string, sessionId?: string): Promise<void> {
    await this.eraseFrom('at_once', userId, sessionId);
    await delay(SETTLE_MS);
    await this.eraseFrom('last', userId);
    await this.eraseFrom('at_once', userId);
  }

  private async eraseFrom(kind: UserDataSource['erased'], userId: string, sessionId?: string): Promise<void> {
    for (const source of this.sources) if (source.erased === kind) await source.erase(userId, sessionId);
  }
}
