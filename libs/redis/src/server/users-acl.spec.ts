import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keys } from '../key-space.js';
import { NEEDED_COMMANDS } from './needed-commands.js';

const ROOT = join(__dirname, '../../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const [defaultUser = '', service = ''] = read('deploy/redis/users.acl').split('\n');

/** The words of the service's user that begin with one of the signs, without it. */
const rights = (sign: string): string[] =>
  service
    .split(/\s+/)
    .filter((word) => word.startsWith(sign))
    .map((word) => word.slice(1));

/** What only connecting, `/redis/info`, a cluster and waiting for replicas need: it is not asked for at a new connection. */
const FOR_CONNECTIONS = [
  ...['auth', 'client|id', 'client|setname', 'client|tracking', 'hello', 'info', 'quit', 'select', 'unsubscribe'],
  ...['cluster|slots', 'readonly', 'wait'],
];

it('the user of the service can run the commands it needs, and no others', () => {
  const needed = NEEDED_COMMANDS.map((command) => command.split(' ')[0]?.replace('memory', 'memory|usage'));
  expect(rights('+').toSorted()).toEqual([...new Set([...needed, ...FOR_CONNECTIONS])].toSorted());
});

it('no one can connect as the default user, whose rights Redis needs to read its append-only file', () => {
  expect(defaultUser).toBe('user default off ~* &* +@all');
});

it('the user of the service can access its keys, and no others', () => {
  const patterns = Object.entries(keys)
    .filter(([kind]) => kind !== 'cartEventsChannel')
    .map(([, key]) => (typeof key === 'string' ? key : key('id', 'id')))
    .map((name) => `${name.slice(0, name.indexOf(':') + 1)}*`)
    .map((pattern) => pattern.replace('metrics:', 'metrics:cart:'));
  expect(rights('~').toSorted()).toEqual([...new Set(patterns)].toSorted());
});

it.each(['users.acl', 'sentinel-users.acl'])('docs/operations.md shows %s', (file) => {
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
  expect(words(read('docs/operations.md'))).toContain(words(read(`deploy/redis/${file}`)).trim());
});
