/** The prefix of all product keys. */
export const PRODUCT_PREFIX = 'product:';

/**
 * The names of all keys. They are built only here; `docs/redis-keys.md` describes the contents of each.
 *
 * A cart's satellites carry its key as their hash tag, so that all keys of a cart are in one cluster slot: `cart:user123` and
 * `{cart:user123}:meta` hash alike. Ids are validated before they get here and contain no braces.
 */
export const keys = {
  cart: (userId: string): string => `cart:${userId}`,
  cartMeta: (userId: string): string => `{cart:${userId}}:meta`,
  cartSaved: (userId: string): string => `{cart:${userId}}:saved`,
  cartIdempotencyIndex: (userId: string): string => `{cart:${userId}}:idem`,
  cartIdempotency: (userId: string, key: string): string => `{cart:${userId}}:idem:${key}`,
  cartCheckouts: (userId: string): string => `{cart:${userId}}:checkouts`,
  cartHistory: (userId: string): string => `{cart:${userId}}:events`,
  cartOffer: (guestId: string): string => `{cart:${guestId}}:offer`,
  cartMerged: (userId: string, offerId: string): string => `{cart:${userId}}:merged:${offerId}`,
  cartMerges: (userId: string): string => `{cart:${userId}}:merges`,
  session: (sessionId: string): string => `session:${sessionId}`,
  sessionRenewed: (sessionId: string): string => `{session:${sessionId}}:renewed`,
  sessions: (userId: string): string => `sessions:${userId}`,
  product: (productId: string): string => `${PRODUCT_PREFIX}${productId}`,
  productLoad: (productId: string): string => `{${PRODUCT_PREFIX}${productId}}:load`,
  account: (userId: string): string => `account:${userId}`,
  accountEmail: (digest: string): string => `account_email:${digest}`,
  refreshFamilies: (userId: string): string => `refresh:${userId}`,
  logins: (account: string): string => `logins:${account}`,
  loginsFrom: (account: string, network: string): string => `{logins:${account}}:from:${network}`,
  loginSources: (account: string): string => `{logins:${account}}:sources`,
  loginNetworks: (account: string): string => `{logins:${account}}:networks`,
  loginsOfNetwork: (network: string): string => `logins:network/${network}`,
  addressLimit: (network: string): string => `rate_limit:ceiling/${network}`,
  rateLimit: (tracker: string): string => `rate_limit:${tracker}`,
  cartEvents: 'events:cart',
  cartEventsChannel: (userId: string): string => `events:cart:${userId}`,
  cartStreams: (userId: string): string => `events:streams:${userId}`,
  health: (part: string): string => `health:${part}`,
  cartMetric: (operation: string, userId: string): string => `metrics:cart:${operation}:${userId}`,
} as const;
