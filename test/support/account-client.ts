import type { Test } from 'supertest';
import type { Http } from './test-app.js';

/** Requests of somebody with an account. */
export class AccountClient {
  constructor(
    private readonly http: Http,
    readonly email: string,
    readonly password = 'correct horse battery staple',
  ) {}

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
