import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { ROOT } from '../support/root.js';
import { startTestApp } from '../support/test-app.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

const PAGE = readFileSync(join(ROOT, 'docs/change-feed.md'), 'utf8');
const [, CLIENT = ''] = /^```js\n([^]*?)^```$/m.exec(PAGE) ?? [];

/** The page's client, with what it leaves to others; `done` is what it has them do. */
function client(url: () => string) {
  const done: unknown[] = [];
  const context = createContext({
    fetch: async (path: string, init: RequestInit) => fetch(`${url()}${path}`, init),
    TextDecoderStream,
    apply: (changes: unknown) => done.push(changes),
    readCartAgain: () => done.push('read again'),
  });
  runInContext(CLIENT, context);
  const run = (code: string): unknown => runInContext(code, context);
  const does = async (count: number): Promise<unknown[]> =>
    eventually(
      async () => Promise.resolve(done),
      ({ length }) => length === count,
    );
  return { run, does };
}

describe('the client of docs/change-feed.md', () => {
  it('applies changes, reads the cart again after a gap or a large change, and resumes where it was after a reconnect', async () => {
    const token = signToken(claimsOf('documented'));
    const cart = new CartClient(api.http, 'documented');
    const first = await startTestApp(api.server);
    let url = first.url;
    const { run, does } = client(() => url);

    const ended = run(`follow('${token}')`);
    expect(await does(1)).toEqual(['read again']);
    await cart.add('a', 2);
    expect(await does(2)).toEqual(['read again', [{ product_id: 'a', line_id: 'a', before: 0, after: 2 }]]);
    const life = await api.redis.hget('{cart:documented}:meta', 'life');
    const late = { type: 'add', user: 'documented', life, version: 3, changes: [], at: api.clock.now() + 1000 };
    await api.redis.publish('events:cart:documented', JSON.stringify(late));
    expect((await does(3)).at(-1)).toBe('read again');

    const large = { ...late, version: 4, changes: null, at: late.at + 1 };
    await api.redis.publish('events:cart:documented', JSON.stringify(large));
    expect((await does(4)).at(-1)).toBe('read again');

    await first.close();
    await ended;
    await api.redis.hset('{cart:documented}:meta', 'version', 4);
    await cart.add('b');
    url = api.url;
    void run(`follow('${token}')`);
    expect((await does(5)).at(-1)).toEqual([{ product_id: 'b', line_id: 'b', before: 0, after: 1 }]);
    await cart.add('c');
    expect((await does(6)).at(-1)).toEqual([{ product_id: 'c', line_id: 'c', before: 0, after: 1 }]);
  });

  it('fails with 401 if the token is no longer valid', async () => {
    const { run } = client(() => api.url);
    const token = signToken(claimsOf('documented', { exp: 1 }));
    await expect(run(`follow('${token}')`)).rejects.toMatchObject({ message: '401' });
  });
});
