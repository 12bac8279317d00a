import type { Test } from 'supertest';
import type { Http } from './test-app.js';
import { bearer } from './tokens.js';

/** One user's requests to the session endpoints. */
export class SessionClient {
  constructor(
    private readonly http: Http,
    readonly userId: string,
    private readonly authorization: string = bearer(userId),
  ) {}

  create(body: object = {}): Test {
    return this.send(this.http.post('/session/create')).send(body);
  }

  /** The id of a new session. */
  async open(body: object = {}): Promise<string> {
    return (await this.create(body).expect(201)).body.session_id;
  }

  list(): Test {
    return this.send(this.http.get('/session'));
  }

  /** The ids of the listed sessions. */
  async ids(): Promise<string[]> {
    const { body } = await this.list().expect(200);
    return body.sessions.map(({ session_id }: { session_id: string }) => session_id);
  }

  get(sessionId: string): Test {
    return this.send(this.http.get(`/session/${sessionId}`));
  }

  patch(sessionId: string, patch: object): Test {
    return this.send(this.http.patch(`/session/${sessionId}`)).send(patch);
  }

  renew(sessionId: string, body: object = {}): Test {
    return this.send(this.http.post(`/session/${sessionId}/renew`)).send(body);
  }

  end(sessionId: string): Test {
    return this.send(this.http.delete(`/session/${sessionId}`));
  }

  endAll(query: object = {}): Test {
    return this.send(this.http.delete('/session')).query(query);
  }

  private send(request: Test): Test {
    return request.set('Authorization', this.authorization);
  }
}
