import { createClient, type Retry, type SuppliedTokenOptions } from '@cartwright/client';
import { brokenConnection, json, problem, ScriptedService, type Step } from '../support/scripted-service.js';

let service: ScriptedService;
let retries: Retry[];

beforeAll(async () => {
  service = await ScriptedService.start();
});
afterAll(async () => service.stop());
beforeEach(() => {
  retries = [];
});

const QUICK = { baseDelayMs: 1, maxDelayMs: 2 };
const COUNT = { count: 1, unique_items: 1 };
const MUG = { product_id: 'mug', quantity: 1 };

function client(options: Partial<SuppliedTokenOptions> = {}) {
  const onRetry = (retry: Retry): void => {
    retries.push(retry);
  };
  return createClient({ baseUrl: service.url, token: 'token', retry: QUICK, onRetry, ...options });
}

function containingItself<T extends object>(value: T): T {
  return Object.assign(value, { itself: value });
}

const keysSent = (): unknown[] => service.requests.map(({ headers }) => headers['idempotency-key']);

describe('a write to the cart', () => {
  it.each<[string, Step]>([
    ['a broken connection', brokenConnection],
    ['503 redis_unavailable, after which it may still be applied', problem(503, 'redis_unavailable')],
    ['503 write_not_replicated', problem(503, 'write_not_replicated')],
    ['the error page of a proxy', (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>')],
    [
      'half a response',
      (response) => response.writeHead(200, { 'content-length': '9' }).write('{"a', () => response.destroy()),
    ],
  ])('is sent again with the same key after %s', async (_name, failure) => {
    service.play(failure, failure, json({ version: 1 }));
    await expect(client().cart.add(MUG)).resolves.toMatchObject({ version: 1 });
    expect(keysSent()).toHaveLength(3);
    expect(new Set(keysSent()).size).toBe(1);
    expect(retries.map(({ attempts }) => attempts)).toEqual([1, 2]);
  });

  it('is not sent again if it was rejected', async () => {
    service.play(problem(409, 'quantity_limit_exceeded'));
    await expect(client().cart.add(MUG)).rejects.toMatchObject({ code: 'quantity_limit_exceeded' });
    expect(service.requests).toHaveLength(1);
  });

  it('has the key of its caller', async () => {
    service.play(json({}));
    await client().cart.add(MUG, { idempotencyKey: 'mine' });
    expect(keysSent()).toEqual(['mine']);
  });

  it('fails with the key and the number of attempts if no response comes', async () => {
    service.play(brokenConnection, brokenConnection, brokenConnection);
    const { cart } = client({ retry: { ...QUICK, maxAttempts: 3 } });
    await expect(cart.add(MUG, { idempotencyKey: 'mine' })).rejects.toMatchObject({
      name: 'ConnectionError',
      attempts: 3,
      idempotencyKey: 'mine',
    });
  });
});

describe('a request that would do something twice', () => {
  it('is not sent again if it may have been carried out', async () => {
    service.play(brokenConnection);
    await expect(client().sessions.create()).rejects.toMatchObject({ name: 'ConnectionError', attempts: 1 });
    service.play(problem(503, 'redis_unavailable'));
    await expect(client().sessions.create()).rejects.toMatchObject({ code: 'redis_unavailable' });
    expect(service.requests).toHaveLength(1);
  });

  it.each([
    [429, 'rate_limit_exceeded'],
    [503, 'overloaded'],
    [503, 'shutting_down'],
  ])('is sent again after %i %s, because nothing was done', async (status, code) => {
    service.play(problem(status, code), json({ session_id: 's' }));
    await expect(client().sessions.create()).resolves.toEqual({ session_id: 's' });
  });
});

describe('a mistake of the program', () => {
  it.each([
    ['an address without a scheme', () => createClient({ baseUrl: 'localhost:8001' }), 'not "localhost:8001"'],
    ['a path without a page', () => createClient({ baseUrl: '/api' }), 'not "/api"'],
  ])('fails when the client is created: %s', (_name, create, message) => {
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a key that no header can have', async () => client().cart.add(MUG, { idempotencyKey: '€' }), 'idempotency-key'],
    ['a token with a line end', async () => client({ token: 'a\nb' }).cart.count(), 'authorization'],
    ['a body that contains itself', async () => client().cart.add(containingItself({ ...MUG })), 'circular'],
    ['a token for the feed', async () => client({ token: 'a\nb' }).cart.follow().next(), 'authorization'],
  ])('fails at once, and is not sent: %s', async (_name, call, message) => {
    service.play();
    await expect(call()).rejects.toThrow(TypeError);
    await expect(call()).rejects.toThrow(message);
    expect([service.requests, retries]).toEqual([[], []]);
  });
});

describe('the time of a retry', () => {
  it('is not before Retry-After', async () => {
    service.play(problem(429, 'rate_limit_exceeded', { 'retry-after': '1' }), json(COUNT));
    const startedAt = performance.now();
    await client().cart.count();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000);
    expect(retries[0]?.delayMs).toBeGreaterThanOrEqual(1000);
  });

  it('is never if Retry-After is later than the caller waits', async () => {
    service.play(problem(429, 'rate_limit_exceeded', { 'retry-after': '60' }));
    await expect(client().cart.count()).rejects.toMatchObject({ code: 'rate_limit_exceeded', retryAfterMs: 60_000 });
    expect(service.requests).toHaveLength(1);
  });

  it('comes when no response has come for long enough', async () => {
    service.play(() => undefined, json(COUNT));
    await expect(client({ timeoutMs: 1000 }).cart.count()).resolves.toEqual(COUNT);
    expect(retries).toMatchObject([{ error: { name: 'TimeoutError' } }]);
  });
});

describe('a signal', () => {
  it('ends a request that is under way', async () => {
    const caller = new AbortController();
    service.play(() => {
      caller.abort(new Error('left the page'));
    });
    await expect(client().cart.count({ signal: caller.signal })).rejects.toThrow('left the page');
  });

  it('ends a request that waits for its retry', async () => {
    const caller = new AbortController();
    service.play(problem(503, 'redis_unavailable', { 'retry-after': '20' }));
    const onRetry = (): void => {
      caller.abort(new Error('left the page'));
    };
    await expect(client({ onRetry }).cart.count({ signal: caller.signal })).rejects.toThrow('left the page');
    expect(service.requests).toHaveLength(1);
  });
});

it('shows a response that is not the service’s as an error of its own', async () => {
  service.play((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
  await expect(client({ retry: { maxAttempts: 1 } }).cart.count()).rejects.toMatchObject({
    name: 'UnexpectedResponseError',
    status: 200,
    contentType: 'text/html',
  });
});

it('shows JSON that is malformed as such an error, and does not send the request again', async () => {
  service.play((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"count":'));
  await expect(client().cart.count()).rejects.toMatchObject({
    name: 'UnexpectedResponseError',
    message: 'Unexpected response: 200 with application/json instead of well-formed JSON',
  });
  expect(service.requests).toHaveLength(1);
});

it('returns the health of an unhealthy service', async () => {
  service.play((response) =>
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"unhealthy"}'),
  );
  expect(await client().monitoring.health()).toEqual({ status: 'unhealthy' });
  expect(service.requests[0]?.headers.authorization).toBeUndefined();
});
