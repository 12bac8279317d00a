/**
 * What the log says of keys whose names hold what no log may hold: the id of a session or a product, a client's own key, a
 * network, or the digest of an e-mail address. Every other name holds a user's id at most.
 */
const REDUCED: readonly (readonly [name: RegExp, loggedAs: string])[] = [
  [/^(session|product|logins|account_email):.*$/s, '$1:…'],
  [/^\{(session|product|logins):.*\}:(renewed|load|networks)$/s, '{$1:…}:$2'],
  [/^\{logins:.*\}:from:.*$/s, '{logins:…}:from:…'],
  [/^(\{cart:[^}]*\}:idem):.*$/s, '$1:…'],
  [/^rate_limit:(address|ceiling)\/.*$/s, 'rate_limit:$1/…'],
];

/** The name of a key as a line of the log may have it: whole, or its kind alone. */
export function loggedKey(name: string): string {
  for (const [pattern, loggedAs] of REDUCED) {
    if (pattern.test(name)) return name.replace(pattern, loggedAs);
  }
  return name;
}
