import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { luaScripts } from '../support/lua-scripts.js';
import { ROOT } from '../support/root.js';

/** The tables of scripts in docs/architecture.md, held to the scripts of all libraries. */
const PAGE = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The first cell of a row, such as `cart/…/save.lua`, `restore.lua`. Later names are in the same folder as the first. */
const ROW = /^\| (`[\w-]+\/…\/[^|]*?) *\|/gm;
const NAME = /`(?:([\w-]+\/…\/(?:lib\/)?))?(\w+\.lua)`/g;

const documented = Array.from(PAGE.matchAll(ROW), ([, cell = '']) => {
  const names = [...cell.matchAll(NAME)];
  return names.map(([, , name = '']) => `${names[0]?.[1] ?? ''}${name}`);
}).flat();

/** `cart/src/storage/lua/lib/line.lua` is `cart/…/lib/line.lua` in the tables. */
const inUse = Array.from(luaScripts().keys(), (file) => file.replace(/^([\w-]+)\/.*\/lua\//, '$1/…/'));

it('docs/architecture.md lists every script, and no others', () => {
  expect(documented.toSorted()).toEqual(inUse.toSorted());
});
