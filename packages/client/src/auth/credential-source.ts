import type { Api } from '../api/api.js';
import { isProblem } from '../http/problem-error.js';
import type { CredentialStore } from '../tokens/credential-store.js';
import { expiryOf, type Credentials } from '../tokens/credentials.js';
import type { LoginResponse } from './auth-types.js';

/** Visitors become guests, and users who have signed in stay signed in. */
export class CredentialSource {
  constructor(
    private readonly api: Api,
    private readonly store: CredentialStore,
    private readonly onSignedOut: () => void,
  ) {}

  /** @throws ProblemError `invalid_refresh_token` if the user has to sign in again. */
  async obtain(old: Credentials | undefined): Promise<Credentials | undefined> {
    if (old === undefined || old.isGuest) return this.guest();
    return old.refreshToken === undefined ? undefined : this.refresh(old, old.refreshToken);
  }

  async guest(): Promise<Credentials> {
    const { access_token, expires_in } = await this.api.call('post', '/auth/guest', {
      isPublic: true,
      isRetryable: true,
    });
    return { accessToken: access_token, expiresAt: expiryOf(expires_in), isGuest: true };
  }

  private async refresh(old: Credentials, refreshToken: string): Promise<Credentials> {
    try {
      const response = await this.api.call('post', '/auth/refresh', {
        isPublic: true,
        isRetryable: true,
        body: { refresh_token: refreshToken },
      });
      return credentialsOf(response, old.guestToken);
    } catch (error) {
      if (isProblem(error, 'invalid_refresh_token')) {
        this.store.clear();
        this.onSignedOut();
      }
      throw error;
    }
  }
}

/** @param guestToken of a guest whose cart is still to be merged. */
export function credentialsOf(response: LoginResponse, guestToken: string | undefined): Credentials {
  return {
    accessToken: response.access_token,
    refreshToken: response.refresh_token,
    expiresAt: expiryOf(response.expires_in),
    isGuest: false,
    guestToken,
  };
}
