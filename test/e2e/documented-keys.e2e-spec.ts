import { keys } from '#redis';
import { documentedKeys } from '../../scripts/verify-data/documented-keys.js';
import { documentedBounds } from '../support/key-bounds.js';
import { KEY_BOUNDS } from '../fuzz/redis/key-bounds.js';

/** Channels are no keys. */
const CHANNELS = ['cartEventsChannel'];

/** Rows that one function of the key space serves, which takes the first part of what follows the colon from its caller. */
const TRACKERS = ['rate_limit:address/{network}'];

/** A key of each kind, whose ids no placeholder could be taken for. */
const samples = Object.entries(keys)
  .filter(([name]) => !CHANNELS.includes(name))
  .map(([name, key]) => [name, typeof key === 'string' ? key : key('id1', 'id2')] as const);

const documented = documentedKeys();
const kindOf = (key: string): string | undefined => documented.find(({ pattern }) => pattern.test(key))?.name;

describe('docs/redis-keys.md', () => {
  it('lists every kind of key, each under its own name', () => {
    const kinds = samples.map(([name, key]) => [name, kindOf(key)] as const);
    expect(kinds.filter(([, kind]) => kind === undefined)).toEqual([]);
    expect(new Set(kinds.map(([, kind]) => kind)).size).toBe(kinds.length);
  });

  it('lists no others', () => {
    const inUse = [...samples.map(([, key]) => kindOf(key)), ...TRACKERS];
    expect(documented.map(({ name }) => name).filter((name) => !inUse.includes(name))).toEqual([]);
  });

  it('states the type of each', () => {
    const types = new Set(documented.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(['hash', 'stream', 'string', 'zset']);
  });
});

describe('the key size limits of the fuzzer', () => {
  it('cover every kind of key', () => {
    const bounded = new Set(KEY_BOUNDS.flatMap(({ keys: names }) => names));
    expect([...bounded].toSorted()).toEqual(documented.map(({ name }) => name).toSorted());
  });

  it('are no higher than what docs/redis-keys.md states for one user', () => {
    const ofOneUser = documentedBounds();
    expect(ofOneUser.length).toBeGreaterThan(10);
    for (const { names, bytes, holds } of ofOneUser) {
      const ours = KEY_BOUNDS.filter(({ keys: kinds }) => kinds.some((kind) => holds(exampleOf(kind))));
      expect({ names, bounds: ours.length }).not.toEqual({ names, bounds: 0 });
      expect({ names, above: ours.filter((bound) => bound.bytes > bytes) }).toEqual({ names, above: [] });
    }
  });
});

/** A key of a kind, such as `{cart:id}:meta`. */
function exampleOf(kind: string): string {
  return kind.replaceAll(/\{[a-z_ ]+\}/g, 'id');
}
