/** Commands in scripts that only read. */
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
  'XRANGE',
  'ZCARD',
  'ZSCORE',
]);
/**
 * The arguments to check a command with: its key and the fewest arguments that it accepts. Redis 7.0 crashes if it looks for
 * the key of a `SET` without one and the user may not access all keys.
 */
const ARGUMENTS: Readonly<Record<string, string>> = {
  DEL: 'KEYS[1]',
  EXISTS: 'KEYS[1]',
  MEMORY: "'USAGE', KEYS[1]",
  PUBLISH: "'events:cart:', ''",
  TIME: '',
  UNLINK: 'KEYS[1]',
  XADD: "KEYS[1], '*', '', ''",
  XTRIM: "KEYS[1], 'MAXLEN', '1'",
};
const KEY_AND_TWO = "KEYS[1], '1', '1'";
const CALL = /redis\.p?call\(\s*'([A-Z]+)'/g;

/** The names of the commands that a script calls, without duplicates. */
export function commandsOf(lua: string): string[] {
  return Array.from(new Set(Array.from(lua.matchAll(CALL), ([, name = '']) => name))).toSorted();
}

/**
 * The first line of a writing script: it checks that the current ACL allows each of its commands. A missing permission would
 * otherwise stop the script after some of its writes, and Redis does not roll back. Decision 0038.
 * @returns '' for a script that only reads.
 */
export function askForRights(lua: string): string {
  const commands = commandsOf(lua);
  if (commands.every((name) => READS.has(name))) return '';
  const asked = commands.map(checkOf).join(' and ');
  const error = `NOPERM the user of this connection may not run all of ${commands.join(', ')}`;
  return `do local may = redis.acl_check_cmd if not (may and ${asked}) then return redis.error_reply('${error}') end end\n`;
}

function checkOf(command: string): string {
  const rest = ARGUMENTS[command] ?? KEY_AND_TWO;
  return rest === '' ? `may('${command}')` : `may('${command}', ${rest})`;
}
