import type { Retry } from './http/http.js';
import type { RetryPolicy } from './http/retry-policy.js';
import type { KeyValueStorage } from './tokens/credential-store.js';
import type { TokenSupplier } from './tokens/supplied-tokens.js';

export interface ClientOptions {
  /** The address of the service, such as `https://cart.example`. On a page it can be a path of the page's own origin. */
  readonly baseUrl: string;
  /** The global `fetch` by default. */
  readonly fetch?: typeof fetch;
  readonly retry?: Partial<RetryPolicy>;
  /** Milliseconds for one attempt; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Called before each retry, so that a page can show that there is a problem. */
  readonly onRetry?: (retry: Retry) => void;
}

/** For programs and pages that have their own tokens, for example from an identity provider. */
export interface SuppliedTokenOptions extends ClientOptions {
  readonly token: string | TokenSupplier;
}

/** For shoppers: guests at first, who may sign in later. */
export interface ShopperOptions extends ClientOptions {
  readonly token?: undefined;
  /**
   * Where the shopper's tokens are kept, such as `localStorage`, so that they outlive the page and are shared by its tabs. By
   * default they are kept in memory.
   */
  readonly storage?: KeyValueStorage;
  /** Called when the user has to sign in again, because the session has ended. */
  readonly onSignedOut?: () => void;
}
