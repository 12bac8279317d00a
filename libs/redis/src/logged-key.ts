/**
 * How to log keys whose names contain what must not be logged: the id of a session or a product, a client's own key, a network,
 * or the digest of an e-mail address. All other names contain at most a user id.
 */
const REDUCED: readonly (readonly [name: RegExp, loggedAs: string])[] = [
  [/^(session|product|logins|account_email):.*$/s, '$1:…'],
  [/^\{(session|product|logins):.*\}:(renewed|load|networks)$/s, '{$1:…}:$2'],
  [/^\{logins:.*\}:from:.*$/s, '{logins:…}:from:…'],
  [/^(\{cart:[^}]*\}:idem):.*$/s, '$1:…'],
  [/^rate_limit:(address|ceiling)\/.*$/s, 'rate_limit:$1/…'],
];

/** The name of a key as it may appear in the log: in full, or reduced to its kind. */
export function loggedKey(name: string): string {
  for (const [pattern, loggedAs] of REDUCED) {
    if (pattern.test(name)) return name.replace(pattern, loggedAs);
  }
  return name;
}
