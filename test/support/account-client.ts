import type { Test } from 'supertest';
import type { Http } from './test-app.js';

/** A user who has just signed in. */
export interface SignedIn {
  readonly client: AccountClient;
  readonly access: string;
  readonly refresh: string;
  readonly sessionId: string;
}

/** Requests of a user with an account. */
export class AccountClient {
  constructor(
    private readonly http: Http,
    readonly email: string,
    readonly password = 'correct horse battery staple',
  ) {}

  /** A client for a newly registered user. */
  static async registered(http: Http, name: string): Promise<AccountClient> {
    const client = new AccountClient(http, `${name}@shop.example`);
    await client.register().expect(201);
    return client;
  }

  /** Registers a user and signs in. */
  static async signedIn(http: Http, name: string): Promise<SignedIn> {
    const client = await AccountClient.registered(http, name);
    const { body } = await client.login().expect(200);
    const { access_token, refresh_token, session_id }: Record<string, string> = body;
    return { client, access: String(access_token), refresh: String(refresh_token), sessionId: String(session_id) };
  }

  register(): Test {
    return this.http.post('/auth/register').send({ email: this.email, password: this.password });
  }

  login(more: object = {}): Test {
    return this.http.post('/auth/login').send({ email: this.email, password: this.password, ...more });
  }

  refresh(refreshToken: string): Test {
    return this.http.post('/auth/refresh').send({ refresh_token: refreshToken });
  }

  logout(accessToken: string): Test {
    return this.http.post('/auth/logout').set('Authorization', `Bearer ${accessToken}`);
  }

  changePassword(accessToken: string, current: string, next: string): Test {
    return this.http
      .post('/auth/password')
      .set('Authorization', `Bearer ${accessToken}`)
      .send({ current_password: current, new_password: next });
  }

  cart(accessToken: string): Test {
    return this.http.get('/cart').set('Authorization', `Bearer ${accessToken}`);
  }
}
