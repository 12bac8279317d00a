import type { Api, CallOptions } from '../api/api.js';
import type { BodyOf, ResultOf } from '../api/operations.js';

export type UserData = ResultOf<'get', '/me/data'>;
export type Erasure = BodyOf<'delete', '/me/data'>;

/** Everything that is stored about a user. */
export class UserDataClient {
  constructor(private readonly api: Api) {}

  /** About the client's user. */
  async exportMine({ signal }: CallOptions = {}): Promise<UserData> {
    return this.api.call('get', '/me/data', { signal });
  }

  /**
   * The session of the token ends last: if a retry is rejected because it has ended, everything has been erased, and that counts as
   * done.
   * @param erasure with the password, if the user has an account.
   */
  async eraseMine(erasure: Erasure = {}, { signal }: CallOptions = {}): Promise<void> {
    await this.api.call('delete', '/me/data', { signal, body: erasure, doneIf: ['session_revoked'] });
  }

  /** About any user. Needs the role `privacy`. */
  async export(userId: string, { signal }: CallOptions = {}): Promise<UserData> {
    return this.api.call('get', '/users/{user_id}/data', { signal, path: { user_id: userId } });
  }

  /** Needs the role `privacy`. */
  async erase(userId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.api.call('delete', '/users/{user_id}/data', { signal, path: { user_id: userId } });
  }
}
