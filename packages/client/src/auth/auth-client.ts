import type { Api, CallOptions } from '../api/api.js';
import type { CartClient } from '../cart/cart-client.js';
import type { MergeStrategy } from '../cart/cart-types.js';
import { isProblem } from '../http/problem-error.js';
import type { Credentials } from '../tokens/credentials.js';
import type { KeptTokens } from '../tokens/kept-tokens.js';
import { userIdIn } from '../tokens/user-of.js';
import type * as types from './auth-types.js';
import { credentialsOf, type CredentialSource } from './credential-source.js';

/** What to do with the guest's cart. */
export interface SignInOptions extends CallOptions {
  /** By default `sum`: the quantities of both carts are added. */
  readonly strategy?: MergeStrategy | undefined;
}

/** The person who uses the client: a guest at first, a user after signing in. */
export class AuthClient {
  constructor(
    private readonly api: Api,
    private readonly tokens: KeptTokens,
    private readonly source: CredentialSource,
    private readonly cart: CartClient,
  ) {}

  /** Whether a user has signed in, here or in another tab. */
  get isSignedIn(): boolean {
    return this.tokens.credentials?.isGuest === false;
  }

  /** The id of the current user or guest, as `user_id` of their cart; undefined if there is none, as before the first request. */
  get userId(): string | undefined {
    const { credentials } = this.tokens;
    return credentials === undefined ? undefined : userIdIn(credentials.accessToken);
  }

  /** A valid access token, for requests to other services that take it, such as the shop's order service. */
  async accessToken(): Promise<string | undefined> {
    return this.tokens.current();
  }

  /** Becomes a new guest, with an empty cart. Not needed before the first request: a visitor is a guest. */
  async guest(): Promise<void> {
    await this.tokens.replace(async () => this.source.guest());
  }

  /**
   * Not sent again if no response comes, because the account may have been created, and a retry would say that the address is taken.
   * @throws ConnectionError or a ProblemError with 503: call it again. If that throws `email_taken`, `signIn` says whether the account
   *     is this one.
   */
  async register(credentials: types.EmailAndPassword, { signal }: CallOptions = {}): Promise<types.Registered> {
    return this.api.call('post', '/auth/register', { signal, body: credentials, isPublic: true });
  }

  /**
   * Signs in with an account of this service, and merges the guest's cart into the user's.
   *
   * If this is interrupted after signing in, the guest's cart is kept, and `mergeGuest` merges it.
   * @throws ProblemError such as `invalid_credentials`.
   */
  async signIn(credentials: types.EmailAndPassword, options: SignInOptions = {}): Promise<types.SignedIn> {
    await this.tokens.replace(async (old) => {
      const body = { email: credentials.email, password: credentials.password };
      const call = { body, signal: options.signal, isPublic: true, isRetryable: true };
      return credentialsOf(await this.api.call('post', '/auth/login', call), guestTokenOf(old));
    });
    return this.mergeGuest(options);
  }

  /** Signs in with a token of an identity provider, and merges the guest's cart into the user's. */
  async signInWith(accessToken: string, options: SignInOptions = {}): Promise<types.SignedIn> {
    await this.tokens.replace(async (old) =>
      Promise.resolve({ accessToken, isGuest: false, guestToken: guestTokenOf(old) }),
    );
    return this.mergeGuest(options);
  }

  /** Merges the cart that the user had as a guest, if that has not been done yet. */
  async mergeGuest({ strategy, signal }: SignInOptions = {}): Promise<types.SignedIn> {
    const guestToken = this.tokens.credentials?.guestToken;
    if (guestToken === undefined) return { cart: await this.cart.get({ signal }), report: [] };
    try {
      const merge = { guest_token: guestToken, ...(strategy !== undefined && { strategy }) };
      const merged = await this.cart.merge(merge, { signal });
      await this.forgetGuest(guestToken);
      return merged;
    } catch (error) {
      // The cart of an expired guest token no longer exists.
      if (!isProblem(error, 'invalid_guest_token')) throw error;
      await this.forgetGuest(guestToken);
      return { cart: await this.cart.get({ signal }), report: [] };
    }
  }

  /** Gets new tokens now. The client does this automatically before they expire. */
  async refresh(): Promise<void> {
    await this.tokens.renew(this.tokens.credentials?.accessToken);
  }

  /** Ends the session, and forgets its tokens. The next request is made as a new guest. */
  async signOut({ signal }: CallOptions = {}): Promise<void> {
    try {
      const call = { signal, isRetryable: true, doneIf: ['session_revoked'] } as const;
      if (this.isSignedIn) await this.api.call('post', '/auth/logout', call);
    } catch (error) {
      // The session has ended before.
      if (!isProblem(error, 'session_revoked', 'token_expired', 'invalid_refresh_token')) throw error;
    } finally {
      this.tokens.forget();
    }
  }

  /** Changes the password, and ends every other session of the user. */
  async changePassword(change: types.PasswordChange, { signal }: CallOptions = {}): Promise<void> {
    await this.api.call('post', '/auth/password', { signal, body: change, isRetryable: true });
  }

  /** Gets a token for any user, for development. Production services do not offer this. */
  async devToken(request: types.DevTokenRequest, { signal }: CallOptions = {}): Promise<types.DevToken> {
    return this.api.call('post', '/auth/token', { signal, body: request, isPublic: true, isRetryable: true });
  }

  private async forgetGuest(guestToken: string): Promise<void> {
    await this.tokens.replace(async (known) => {
      const isKept = known?.guestToken === guestToken;
      return Promise.resolve(isKept ? { ...known, guestToken: undefined } : undefined);
    });
  }
}

function guestTokenOf(old: Credentials | undefined): string | undefined {
  return old?.isGuest === true ? old.accessToken : old?.guestToken;
}
