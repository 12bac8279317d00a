/** Error replies that an operator has to tell apart. Others may begin with any word, and would each be a series. */
const CODES = [
  ...[
    'BUSY',
    'CLUSTERDOWN',
    'CROSSSLOT',
    'LOADING',
    'MASTERDOWN',
    'MISCONF',
    'MOVED',
    'NOAUTH',
    'NOPERM',
    'NOREPLICAS',
  ],
  ...['NOSCRIPT', 'OOM', 'READONLY', 'TRYAGAIN', 'WRONGPASS', 'WRONGTYPE', 'ERR'],
];
const CODE = new RegExp(`^(${CODES.join('|')})\\b`);
/** As `watchDeadlines` and ioredis reject a command whose reply is late. */
const TIMED_OUT = 'Command timed out';

/** The kind of a failed command, from a fixed list. */
export function errorTypeOf({ name, message }: Error): string {
  if (name === 'ReplyError') return CODE.exec(message)?.[1] ?? 'other';
  return message === TIMED_OUT ? 'timeout' : 'connection';
}
