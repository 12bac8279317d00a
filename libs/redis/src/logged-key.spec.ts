import { keys } from './key-space.js';
import { loggedKey } from './logged-key.js';

const NAMES: readonly [name: string, logged: string][] = [
  [keys.cart('anna'), 'cart:anna'],
  [keys.cartMeta('anna'), '{cart:anna}:meta'],
  [keys.cartIdempotencyIndex('anna'), '{cart:anna}:idem'],
  [keys.cartIdempotency('anna', 'secret'), '{cart:anna}:idem:…'],
  [keys.session('secret'), 'session:…'],
  [keys.sessions('anna'), 'sessions:anna'],
  [keys.product('secret\nid'), 'product:…'],
  [keys.productLoad('secret'), '{product:…}:load'],
  [keys.account('acct_1'), 'account:acct_1'],
  [keys.accountEmail('secret'), 'account_email:…'],
  [keys.refreshFamilies('acct_1'), 'refresh:acct_1'],
  [keys.sessionRenewed('secret'), '{session:…}:renewed'],
  [keys.logins('secret'), 'logins:…'],
  [keys.loginsFrom('secret', 'secret'), '{logins:…}:from:…'],
  [keys.loginNetworks('secret'), '{logins:…}:networks'],
  [keys.loginsOfNetwork('secret'), 'logins:…'],
  [keys.rateLimit('anna'), 'rate_limit:anna'],
  [keys.addressLimit('secret'), 'rate_limit:ceiling/…'],
  [keys.rateLimit('address/secret'), 'rate_limit:address/…'],
  [keys.cartEvents, 'events:cart'],
  [keys.cartStreams('anna'), 'events:streams:anna'],
];

it.each(NAMES)('%j is logged as %j', (name, logged) => {
  expect(loggedKey(name)).toBe(logged);
});
