import type { Api, CallOptions } from '../api/api.js';
import type { BodyOf, ResultOf } from '../api/operations.js';

export type Session = ResultOf<'get', '/session/{session_id}'>;
export type OpenedSession = ResultOf<'post', '/session/create'>;
export type NewSession = BodyOf<'post', '/session/create'>;
export type SessionChanges = BodyOf<'patch', '/session/{session_id}'>;
export type SessionRenewal = BodyOf<'post', '/session/{session_id}/renew'>;

/** The sessions of the client's user. */
export class SessionClient {
  constructor(private readonly api: Api) {}

  /** Not retried if no response comes, because each request creates a session. */
  async create(session: NewSession = {}, { signal }: CallOptions = {}): Promise<OpenedSession> {
    return this.api.call('post', '/session/create', { signal, body: session });
  }

  /** Gets a session, and renews it. */
  async get(sessionId: string, { signal }: CallOptions = {}): Promise<Session> {
    return this.api.call('get', '/session/{session_id}', { signal, path: { session_id: sessionId } });
  }

  /** Lists the sessions, the most recently active first. */
  async list({ signal }: CallOptions = {}): Promise<readonly Session[]> {
    const { sessions } = await this.api.call('get', '/session', { signal });
    return sessions;
  }

  /** Changes preferences and data. Fields that are left out stay as they are; null removes a field. */
  async patch(sessionId: string, changes: SessionChanges, { signal }: CallOptions = {}): Promise<Session> {
    return this.api.call('patch', '/session/{session_id}', {
      signal,
      path: { session_id: sessionId },
      body: changes,
      isRetryable: true,
    });
  }

  /** Gives the session a new id. Not retried if no response comes, because the old id may no longer be valid. */
  async renew(sessionId: string, renewal: SessionRenewal = {}, { signal }: CallOptions = {}): Promise<OpenedSession> {
    return this.api.call('post', '/session/{session_id}/renew', {
      signal,
      path: { session_id: sessionId },
      body: renewal,
    });
  }

  /** If a retry says that there is no such session, an earlier attempt has ended it, and that counts as done. */
  async delete(sessionId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.api.call('delete', '/session/{session_id}', {
      signal,
      path: { session_id: sessionId },
      doneIf: ['session_not_found'],
    });
  }

  /**
   * Ends all sessions.
   * @param options with `except`, the id of a session to keep.
   * @returns how many have ended; after a retry, how many were left for it.
   */
  async deleteAll({ except, signal }: CallOptions & { readonly except?: string } = {}): Promise<number> {
    const query = except === undefined ? {} : { except };
    const { revoked } = await this.api.call('delete', '/session', { signal, query });
    return revoked;
  }
}
