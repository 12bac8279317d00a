import {
  checkAccount,
  checkAccountEmail,
  checkAttempts,
  checkNetworks,
  checkRefreshFamilies,
  checkSources,
} from './checks/account.checks.js';
import { checkCart, checkHistory, checkMerges, checkMeta, checkOffer, checkSaved } from './checks/cart.checks.js';
import { checkCheckouts } from './checks/checkouts.check.js';
import { checkFeed, checkStreams } from './checks/feed.checks.js';
import { checkIdempotencyIndex, checkIdempotencyRecord } from './checks/idempotency.checks.js';
import { checkProduct, checkProductLoad } from './checks/product.checks.js';
import { checkRenewed, checkSession, checkSessionIndex } from './checks/session.checks.js';
import { checkMerged, checkNumber } from './checks/text.checks.js';
import type { ContentCheck } from './stored-key.js';

/** How the content of each kind of key is checked, by the names in docs/redis-keys.md. */
export const CONTENT_CHECKS: ReadonlyMap<string, ContentCheck> = new Map([
  ['cart:{user_id}', checkCart],
  ['{cart:{user_id}}:meta', checkMeta],
  ['{cart:{user_id}}:saved', checkSaved],
  ['{cart:{user_id}}:checkouts', checkCheckouts],
  ['{cart:{user_id}}:events', checkHistory],
  ['{cart:{user_id}}:idem', checkIdempotencyIndex],
  ['{cart:{user_id}}:idem:{key}', checkIdempotencyRecord],
  ['{cart:{guest_id}}:offer', checkOffer],
  ['{cart:{user_id}}:merged:{offer_id}', checkMerged],
  ['{cart:{user_id}}:merges', checkMerges],
  ['session:{session_id}', checkSession],
  ['{session:{session_id}}:renewed', checkRenewed],
  ['sessions:{user_id}', checkSessionIndex],
  ['product:{product_id}', checkProduct],
  ['{product:{product_id}}:load', checkProductLoad],
  ['events:cart', checkFeed],
  ['events:streams:{user_id}', checkStreams],
  ['account:{user_id}', checkAccount],
  ['account_email:{digest}', checkAccountEmail],
  ['refresh:{user_id}', checkRefreshFamilies],
  ['{logins:{digest or user_id}}:from:{network}', checkAttempts],
  ['logins:{digest or user_id}', checkNumber],
  ['logins:network/{network}', checkNumber],
  ['{logins:{digest or user_id}}:sources', checkSources],
  ['{logins:{digest or user_id}}:networks', checkNetworks],
  ['rate_limit:{user_id}', checkNumber],
  ['rate_limit:address/{network}', checkNumber],
  ['rate_limit:ceiling/{network}', checkNumber],
  ['health:{number}', checkNumber],
  ['metrics:cart:{operation}:{user_id}', checkNumber],
]);
