/** What scripts call that changes nothing. */
const READS: ReadonlySet<string> = new Set([
  'EXISTS',
  'GET',
  'GETRANGE',
  'HGET',
  'HGETALL',
  'HLEN',
  'HMGET',
  'HVALS',
  'MEMORY',
  'PEXPIRETIME',
  'PTTL',
  'TIME',
  'TTL',
  'XLEN',
  'ZCARD',
  'ZSCORE',
]);
/** The arguments without which Redis does not know which command is meant. */
const SUBCOMMANDS: Readonly<Record<string, string>> = { MEMORY: "'MEMORY', 'USAGE', ''" };
const CALL = /redis\.p?call\(\s*'([A-Z]+)'/g;

/** The commands that the text of a script calls, each once. */
export function commandsOf(lua: string): string[] {
  return Array.from(new Set(Array.from(lua.matchAll(CALL), ([, name = '']) => name))).toSorted();
}

/**
 * The line by which a script that writes first asks if its user may run each of its commands, as the ACL is at that moment: a
 * right that is missing would otherwise end it after some of its writes, and Redis takes nothing back. Decision 0038.
 * @returns '' for a script that only reads.
 */
export function askForRights(lua: string): string {
  const commands = commandsOf(lua);
  if (commands.every((name) => READS.has(name))) return '';
  const asked = commands.map((name) => `may(${SUBCOMMANDS[name] ?? `'${name}'`})`).join(' and ');
  const error = `NOPERM the user of this connection may not run all of ${commands.join(', ')}`;
  return `do local may = redis.acl_check_cmd if not (${asked}) then return redis.error_reply('${error}') end end\n`;
}
