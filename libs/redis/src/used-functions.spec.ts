import { luaScripts } from '../../../test/support/lua-scripts.js';
import { functionsIn, withUsedFunctions } from './used-functions.js';

const FIRST = 'local function first(value)\n  return value\nend\n';
const SECOND = 'local function second(value)\n\n  return first(value) + 1\nend\n';

describe('withUsedFunctions', () => {
  it('leaves out a function that nothing uses', () => {
    expect(withUsedFunctions(`${FIRST}${SECOND}return first(1)\n`)).toBe(`${FIRST}return first(1)\n`);
  });

  it('keeps a function that only another one uses, if that one is used', () => {
    const lua = `${FIRST}${SECOND}return second(1)\n`;
    expect(withUsedFunctions(lua)).toBe(lua);
  });

  it('leaves out functions that only each other use', () => {
    const unused = 'local function third()\n  return fourth()\nend\nlocal function fourth()\n  return third()\nend\n';
    expect(withUsedFunctions(`${unused}return 1\n`)).toBe('return 1\n');
  });

  it('keeps a function that is used as a value', () => {
    const lua = `${FIRST}return pcall(first, 1)\n`;
    expect(withUsedFunctions(lua)).toBe(lua);
  });

  it('does not count a line of comment as a use', () => {
    expect(withUsedFunctions(`${FIRST}-- as first does\nreturn 1\n`)).toBe('-- as first does\nreturn 1\n');
  });

  it('keeps a function whose only use comes after dashes in a text', () => {
    const lua = `${FIRST}return '--' .. first('1')\n`;
    expect(withUsedFunctions(lua)).toBe(lua);
  });

  it('keeps what is no function at the top level', () => {
    const lua = "local LIMIT = 5\nlocal function short() return 1 end\nreturn redis.call('GET', KEYS[1])\n";
    expect(withUsedFunctions(lua)).toBe(lua);
  });

  it('keeps both of two functions with the same name, and what each of them uses', () => {
    const lua = `${FIRST}local function twice()\n  return first(1)\nend\nlocal function twice()\n  return 2\nend\nreturn twice()\n`;
    expect(withUsedFunctions(lua)).toBe(lua);
  });
});

it.each([...luaScripts()])('every function at the top level of %s is recognized', (_file, lua) => {
  const names = [...lua.matchAll(/^local function (\w+)\(.*\)$/gm)].map(([, name]) => name);
  expect([...functionsIn(lua).keys()]).toEqual(names);
});
