import { Api, prefixOf } from './api/api.js';
import { AuthClient } from './auth/auth-client.js';
import { CredentialSource } from './auth/credential-source.js';
import { CartClient } from './cart/cart-client.js';
import { CartFeed } from './cart/cart-feed.js';
import { CheckoutClient } from './cart/checkout-client.js';
import type { ClientOptions, ShopperOptions, SuppliedTokenOptions } from './client-options.js';
import { baseUrlOf } from './http/base-url.js';
import { Http } from './http/http.js';
import { DEFAULT_RETRY_POLICY } from './http/retry-policy.js';
import { MonitoringClient } from './monitoring/monitoring-client.js';
import { UserDataClient } from './privacy/user-data-client.js';
import { ProductClient } from './products/product-client.js';
import { SessionClient } from './session/session-client.js';
import { AnnouncedWrites, isSharedByTabs } from './tokens/announced-writes.js';
import { CredentialStore, MemoryStorage, type KeyValueStorage } from './tokens/credential-store.js';
import { KeptTokens } from './tokens/kept-tokens.js';
import { SuppliedTokens } from './tokens/supplied-tokens.js';
import type { Tokens } from './tokens/tokens.js';
import { webLocks } from './tokens/web-locks.js';

const DEFAULT_TIMEOUT_MS = 10_000;

/** A typed client of the whole API. */
export interface CartwrightClient {
  readonly cart: CartClient;
  readonly checkout: CheckoutClient;
  readonly sessions: SessionClient;
  readonly products: ProductClient;
  readonly userData: UserDataClient;
  readonly monitoring: MonitoringClient;
  /** The cart of another user. Needs the role `support` and a token with an `act` claim. */
  ofUser(userId: string): UserCartClient;
  /** Calls any operation by method and path, for example one for which this client has no method yet. */
  readonly api: Api;
}

/** The operations on the cart of another user. Only the user can merge, and only the order service can complete a checkout. */
export interface UserCartClient {
  readonly cart: Omit<CartClient, 'merge'>;
  readonly checkout: Omit<CheckoutClient, 'complete'>;
}

/** A client whose user is a guest at first, and may sign in. */
export interface ShopperClient extends CartwrightClient {
  readonly auth: AuthClient;
}

/**
 * With `token`, a client for the user of that token; without, one for a shopper.
 *
 * @throws TypeError if no request could be sent to `baseUrl`.
 */
export function createClient(options: SuppliedTokenOptions): CartwrightClient;
export function createClient(options: ShopperOptions): ShopperClient;
export function createClient(options: SuppliedTokenOptions | ShopperOptions): CartwrightClient {
  const http = httpOf(options);
  return options.token === undefined ? shopper(http, options) : clientOf(http, suppliedTokens(options));
}

function shopper(http: Http, { baseUrl, storage = new MemoryStorage(), onSignedOut }: ShopperOptions): ShopperClient {
  const store = new CredentialStore(storage, `cartwright:${baseUrl}`);
  const tokens = new KeptTokens(store, async (old) => source.obtain(old), announcedWrites(storage, store.key));
  const client = clientOf(http, tokens);
  const source = new CredentialSource(client.api, store, () => onSignedOut?.());
  return { ...client, auth: new AuthClient(client.api, tokens, source, client.cart) };
}

/** Only pages have tabs to wait for. */
function announcedWrites(storage: KeyValueStorage, key: string): AnnouncedWrites | undefined {
  const locks = webLocks();
  return locks !== undefined && isSharedByTabs(storage) ? new AnnouncedWrites(storage, key, locks) : undefined;
}

function suppliedTokens({ token, baseUrl }: SuppliedTokenOptions): Tokens {
  return new SuppliedTokens(typeof token === 'string' ? () => token : token, `cartwright:${baseUrl}`);
}

function clientOf(http: Http, tokens: Tokens): CartwrightClient {
  const api = new Api(http, tokens);
  return {
    cart: new CartClient(api, new CartFeed(http, tokens)),
    checkout: new CheckoutClient(api),
    sessions: new SessionClient(api),
    products: new ProductClient(api),
    userData: new UserDataClient(api),
    monitoring: new MonitoringClient(api),
    ofUser: (userId) => {
      const ofUser = api.ofUser(userId);
      const feed = new CartFeed(http, tokens, `${prefixOf(userId)}/cart/events`);
      return { cart: new CartClient(ofUser, feed), checkout: new CheckoutClient(ofUser) };
    },
    api,
  };
}

function httpOf({ baseUrl, fetch: given, retry, timeoutMs = DEFAULT_TIMEOUT_MS, onRetry }: ClientOptions): Http {
  return new Http({
    baseUrl: baseUrlOf(baseUrl, given !== undefined || 'location' in globalThis),
    // A browser's `fetch` fails as a method of another object. It is looked up at each call, so that others can wrap it.
    fetch: given ?? (async (input, init) => fetch(input, init)),
    retry: { ...DEFAULT_RETRY_POLICY, ...retry },
    timeoutMs,
    onRetry: (failed) => onRetry?.(failed),
  });
}
