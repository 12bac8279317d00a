import { createClient, type CartEvent, type FeedState } from '@cartwright/client';
import { BreakingProxy } from '../support/breaking-proxy.js';
import { endedStream, problem, ScriptedService, stream } from '../support/scripted-service.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const MUG = { product_id: 'mug', quantity: 1 };
const SYNC = 'event: sync\nid: a.1\nretry: 1\ndata: {"life":"a","version":1}';
const CHANGE = 'event: change\nid: a.2\ndata: {"type":"add","life":"a","version":2,"changes":null,"at":"now"}';

async function take<T>(feed: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const each of feed) {
    taken.push(each);
    if (taken.length === count) break;
  }
  return taken;
}

describe('cart.follow', () => {
  it('shows each change of another client, over connections that are broken', async () => {
    const token = signToken(claimsOf('followed'));
    // A connection and a handful of messages, on average.
    const proxy = await BreakingProxy.start(api.url, 5000);
    const writer = createClient({ baseUrl: api.url, token }).cart;
    const states: FeedState[] = [];
    const events: CartEvent[] = [];
    for await (const event of createClient({ baseUrl: proxy.url, token }).cart.follow({
      onState: (state) => states.push(state),
    })) {
      events.push(event);
      if (event.version === 30) break;
      await writer.add(MUG);
    }
    const changes = events.filter(({ event }) => event === 'change').map(({ version }) => version);
    const known = events.map(({ version }) => version);
    expect(known).toEqual(known.toSorted((one, other) => one - other));
    expect(new Set(changes).size).toBe(changes.length);
    expect(proxy.breaks).toBeGreaterThan(0);
    expect(states).toEqual(expect.arrayContaining(['connecting', 'connected', 'waiting']));
    await proxy.stop();
  }, 60_000);

  it('ends with its signal, without an error', async () => {
    const caller = new AbortController();
    const { cart } = createClient({ baseUrl: api.url, token: signToken(claimsOf('leaving')) });
    const events: CartEvent[] = [];
    for await (const event of cart.follow({ signal: caller.signal })) {
      events.push(event);
      caller.abort();
    }
    expect(events).toEqual([{ event: 'sync', life: '', version: 0 }]);
  });

  it('gives its place at the service back when its loop is left', async () => {
    const { cart } = createClient({ baseUrl: api.url, token: signToken(claimsOf('coming-and-going')) });
    // A user can have five streams.
    for (let visits = 0; visits < 12; visits += 1) expect(await take(cart.follow(), 1)).toHaveLength(1);
  });

  it('throws if the service does not accept the token', async () => {
    const { cart } = createClient({ baseUrl: api.url, token: 'nonsense' });
    await expect(take(cart.follow(), 1)).rejects.toMatchObject({ code: 'invalid_token' });
  });
});

describe('cart.follow of a service that has trouble', () => {
  let service: ScriptedService;
  beforeAll(async () => {
    service = await ScriptedService.start();
  });
  afterAll(async () => service.stop());

  const headersOf = (name: string): unknown[] => service.requests.map(({ headers }) => headers[name]);

  it('connects again where it was, if a stream ends', async () => {
    service.play(endedStream(SYNC), stream(CHANGE));
    const { cart } = createClient({ baseUrl: service.url, token: 't' });
    expect(await take(cart.follow(), 2)).toMatchObject([{ event: 'sync' }, { event: 'change', version: 2 }]);
    expect(headersOf('last-event-id')).toEqual([undefined, 'a.1']);
  });

  it('connects again if nothing comes for too long', async () => {
    service.play(stream(SYNC), stream(CHANGE));
    const { cart } = createClient({ baseUrl: service.url, token: 't' });
    expect(await take(cart.follow({ silenceMs: 1000 }), 2)).toHaveLength(2);
    expect(headersOf('last-event-id')).toEqual([undefined, 'a.1']);
  });

  it('connects again with a fresh token if the old one has expired', async () => {
    service.play(endedStream(SYNC), problem(401, 'token_expired'), stream(CHANGE));
    const tokens = ['first', 'second'];
    let current = 0;
    const token = (rejected?: string): string => String(tokens[rejected === undefined ? current : (current = 1)]);
    expect(await take(createClient({ baseUrl: service.url, token }).cart.follow(), 2)).toHaveLength(2);
    expect(headersOf('authorization')).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(headersOf('last-event-id')).toEqual([undefined, 'a.1', 'a.1']);
  });

  it('waits as long as the service asks for', async () => {
    service.play(problem(429, 'rate_limit_exceeded', { 'retry-after': '1' }), stream(SYNC));
    const startedAt = performance.now();
    await take(createClient({ baseUrl: service.url, token: 't' }).cart.follow(), 1);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000);
  });

  it('throws if something else than the service responds, such as the page of a network', async () => {
    service.play((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
    const states: FeedState[] = [];
    const { cart } = createClient({ baseUrl: service.url, token: 't' });
    await expect(take(cart.follow({ onState: (state) => states.push(state) }), 1)).rejects.toThrow(
      'Unexpected response: 200 with text/html instead of text/event-stream',
    );
    expect(states).toEqual(['connecting']);
    expect(service.requests).toHaveLength(1);
  });

  it('skips messages that it does not know', async () => {
    service.play(stream('event: news\ndata: {"life":"a"}', 'event: sync\ndata: 7', SYNC));
    expect(await take(createClient({ baseUrl: service.url, token: 't' }).cart.follow(), 1)).toMatchObject([
      { version: 1 },
    ]);
  });
});

describe('cart.live', () => {
  it('shows the cart now and after each change, and ends at the newest', async () => {
    const token = signToken(claimsOf('watched'));
    const { cart } = createClient({ baseUrl: api.url, token });
    const seen: number[] = [];
    for await (const { count } of createClient({ baseUrl: api.url, token }).cart.live()) {
      seen.push(count);
      if (count === 3) break;
      await cart.add(MUG);
    }
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});
