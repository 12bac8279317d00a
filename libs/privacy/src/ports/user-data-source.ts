import { Inject } from '@nestjs/common';

/** What a library stores about users. All methods throw RedisUnavailableError. */
export interface UserDataSource {
  /** The member of the export. */
  readonly name: string;
  /**
   * `last` if requests publish this data after they have responded, and it is expensive to find: it is erased once, after a
   * pause. Everything else is erased before and after that.
   */
  readonly erased: 'at_once' | 'last';
  /**
   * What is stored about the user, as JSON: without password hashes and tokens.
   * @throws ForeignDataError
   */
  export(userId: string): Promise<unknown>;
  /**
   * Deletes what is stored about the user, also what others wrote. Erasing again deletes what has been written since.
   * @param exceptSessionId a session that stays active, so that a request with its token can be retried.
   * @throws NotReplicatedError
   */
  erase(userId: string, exceptSessionId?: string): Promise<void>;
}

export const USER_DATA_SOURCES = Symbol('UserDataSources');
export const InjectUserDataSources = (): ParameterDecorator => Inject(USER_DATA_SOURCES);
