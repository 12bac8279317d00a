import { randomBytes } from 'node:crypto';
import { claimsOf, signToken } from '../../support/tokens.js';
import type { Credential } from '../requests/credential.js';
import { SeenValues } from './seen-values.js';

const ROLES = ['catalog', 'ops', 'orders', 'privacy'];

/** A person who sends requests: as a user, as guests and with accounts. */
export class Person {
  readonly seen = new SeenValues();
  /** Part of every text that this person sends, and of no other person's. */
  readonly marker: string;
  private used = 0;

  constructor(readonly index: number) {
    this.marker = `zq${index}persn`;
    this.seen.add('own_user_id', this.userId);
  }

  private get userId(): string {
    return `${this.marker}-user`;
  }

  /** The value of the `Authorization` header. */
  authorization(credential: Credential): string | undefined {
    switch (credential) {
      case 'all_roles':
        return this.bearer({ roles: ROLES });
      case 'support':
        return this.bearer({ roles: ['support'], act: { sub: `${this.marker}-agent` } });
      case 'user':
        return this.bearer({});
      case 'seen':
        return this.given('access_token');
      case 'account':
        return this.given('account_token');
      case 'unknown_session':
        return this.bearer({ sid: randomBytes(32).toString('base64url') });
      case 'expired':
        return this.bearer({ exp: 1 });
      case 'forged':
        return `Bearer ${signToken(claimsOf(this.userId), {}, 'another secret, unknown to the service')}`;
      case 'malformed':
        return 'Bearer x.y.z';
      case 'none':
        return undefined;
    }
  }

  /** A token that the service issued, or a self-signed one if it has not issued any. */
  private given(name: string): string {
    return this.seen.has(name) ? `Bearer ${this.seen.find({ name, index: this.nextToken() })}` : this.bearer({});
  }

  /** The newest token every other time, because it is most likely valid. */
  private nextToken(): number {
    this.used += 1;
    return this.used % 2 === 0 ? 0 : this.used;
  }

  private bearer(claims: Record<string, unknown>): string {
    return `Bearer ${signToken(claimsOf(this.userId, claims))}`;
  }
}
