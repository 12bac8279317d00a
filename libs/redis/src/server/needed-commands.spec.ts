import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { luaScripts } from '../../../../test/support/lua-scripts.js';
import { NEEDED_COMMANDS } from './needed-commands.js';

const LIBRARIES = join(__dirname, '../../..');
/** What only an app that reads events sends. */
const OTHER_APPS = new Set(['xread']);
/** Methods of a request's Redis time, which is no client. */
const TIMING = new Set(['begin', 'end']);
/** What the service can do without, or asks for in the handshake. */
const OPTIONAL = new Set(['info', 'quit', 'connect', 'client', 'call', 'disconnect', 'unsubscribe']);

const needed = new Set(NEEDED_COMMANDS.map((command) => command.split(' ')[0]));

it('every command that a script calls is in the list', () => {
  const called = [...luaScripts().values()].flatMap((text) =>
    Array.from(text.matchAll(/redis\.p?call\(\s*'(\w+)'/g), ([, name = '']) => name.toLowerCase()),
  );
  expect(called.length).toBeGreaterThan(50);
  expect(called.filter((name) => !needed.has(name))).toEqual([]);
});

it('every command that a store sends is in the list', () => {
  const files = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!spec)\.ts$/.test(file),
  );
  const sent = files
    .map((file) => readFileSync(join(LIBRARIES, file), 'utf8'))
    .flatMap((text) => Array.from(text.matchAll(/\bredis\s*\.([a-z]+)\(/g), ([, name = '']) => name))
    .filter(
      (name) =>
        !OPTIONAL.has(name) &&
        !OTHER_APPS.has(name) &&
        !TIMING.has(name) &&
        !['on', 'once', 'nodes', 'pipeline', 'multi'].includes(name),
    );
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter((name) => !needed.has(name))).toEqual([]);
});
