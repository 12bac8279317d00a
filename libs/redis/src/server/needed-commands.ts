import { keys } from '../key-space.js';

const OWN = keys.health('0');

/**
 * Every command that the service needs, with valid arguments. They are only checked against the ACL, not run. A test compares
 * the list with what scripts and stores call.
 */
const COMMANDS = [
  ...['get', 'del', 'unlink', 'exists', 'ttl', 'pttl', 'pexpiretime', 'persist', 'incr'].map(
    (name) => `${name} ${OWN}`,
  ),
  ...['hgetall', 'hkeys', 'hlen', 'hvals', 'zcard', 'xlen', 'mget'].map((name) => `${name} ${OWN}`),
  ...['expire', 'pexpire', 'incrby'].map((name) => `${name} ${OWN} 1`),
  ...['append', 'hget', 'hdel', 'hmget', 'zrem', 'zscore'].map((name) => `${name} ${OWN} x`),
  ...['hset', 'hsetnx'].map((name) => `${name} ${OWN} field value`),
  ...['getrange', 'xrange', 'zrange', 'zremrangebyrank', 'zremrangebyscore'].map((name) => `${name} ${OWN} 0 1`),
  `set ${OWN} value`,
  `zadd ${OWN} 1 x`,
  `xadd ${OWN} * field value`,
  `xdel ${OWN} 0-1`,
  `xtrim ${OWN} maxlen 1`,
  `memory usage ${OWN}`,
  `publish ${keys.cartEventsChannel('x')} message`,
  `subscribe ${keys.cartEventsChannel('x')}`,
  'eval script 0',
  'evalsha digest 0',
  'time',
  'ping',
];

/** A write to a key of each kind. */
const KEYS = Object.values(keys)
  .map((key) => (typeof key === 'string' ? key : key('x', 'x')))
  .map((key) => `set ${key} value`);

/** Commands with their arguments, separated by spaces. */
export const NEEDED_COMMANDS: readonly string[] = [...COMMANDS, ...KEYS];
