import * as z from 'zod';
import type { TestApp } from '../test-app.js';
import { bearer, claimsOf, signToken } from '../tokens.js';
import { parseCart, unexplainedLosses, type AllCarts } from './conservation.js';
import { requestOf } from './cart-requests.js';
import type { ModelCast, ModelRequest } from './model-request.js';
import type { Step } from './model-step.js';
import { withoutTimes } from './model-view.js';
import { ModelWorld, type Expected } from './model-world.js';

type Instance = Pick<TestApp, 'url' | 'clock'>;

interface Conditions {
  readonly key?: string;
  readonly ifMatch?: { readonly tag: string; readonly holds: boolean };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
  readonly isReplay: boolean;
}

/** A request whose response was recorded under its key. */
interface Recorded {
  readonly key: string;
  readonly request: ModelRequest;
  readonly answer: Answer;
}

const problem = z.object({ code: z.string(), errors: z.array(z.object({ field: z.string() })).optional() });

/** How often all carts are compared, in steps. */
const ALL_CARTS_EVERY = 10;

/** Runs steps on real instances and on the model side by side. */
export class ModelRun {
  private now = 0;
  private keys = 0;
  private steps = 0;
  private readonly world = new ModelWorld(() => this.now);
  private readonly cast: ModelCast;
  private readonly recorded = new Map<string, Recorded>();
  private readonly lastRecorded = new Map<string, Recorded>();
  /** What the service returned after the previous step. */
  private carts: AllCarts = new Map();
  /** Each user's latest ETag, and the body of each ETag. */
  private readonly latestTags = new Map<string, string>();
  private readonly taggedTexts = new Map<string, string>();

  /** @param name distinguishes this run's users and products from those of other runs on the same Redis. */
  constructor(
    private readonly instances: readonly [Instance, Instance],
    name: string,
  ) {
    const guest = `guest_${name}`;
    this.cast = {
      userIds: [`${name}-one`, `${name}-other`, guest],
      guestToken: signToken(claimsOf(guest, { guest: true })),
      prefix: name,
      checkouts: [],
    };
  }

  /**
   * Sends the step's request, and expects the response and the carts after it to match the model; and that nothing that a shopper
   * chose has disappeared without a request or a response that says so.
   */
  async take(step: Step): Promise<void> {
    const instance = this.instances[step.instance === 0 ? 0 : 1];
    instance.clock.advance(step.seconds);
    this.now = instance.clock.now();
    const drawn = requestOf(step, this.world, this.cast);
    const last = drawn.isConditional ? this.lastRecorded.get(drawn.userId) : undefined;
    const request = step.key === 'repeat' && last ? last.request : drawn;
    const conditions = request.isConditional ? this.conditionsOf(step, request, last) : {};

    const answer = await send(instance, request, conditions);
    this.compare(request, conditions, answer);
    const after = new Map(this.carts);
    for (const userId of this.usersToCompare(request)) {
      after.set(userId, parseCart(await this.compareCart(this.instances[step.instance === 0 ? 1 : 0], userId)));
    }
    expect(unexplainedLosses(this.carts, after, request, appliedBody(answer))).toEqual([]);
    this.carts = after;
  }

  /** Those whose carts the request can change, and now and then all of them. */
  private usersToCompare({ path, userId }: ModelRequest): readonly string[] {
    this.steps += 1;
    // A completed checkout can have moved to another user.
    const hasSeveral = path.startsWith('/cart/merge') || path.endsWith('/complete');
    return hasSeveral || this.steps % ALL_CARTS_EVERY === 0 ? this.cast.userIds : [userId];
  }

  private conditionsOf(step: Step, { userId }: ModelRequest, last: Recorded | undefined): Conditions {
    const { version } = this.world.cartOf(userId);
    const tag = this.latestTags.get(userId);
    // The same version, from another life of the cart.
    const other = `"00000000.${version}.aaaaaaaaaaaaaaaaaaaaaa"`;
    const ifMatch = {
      none: undefined,
      holds: tag === undefined ? undefined : { tag, holds: true },
      fails: { tag: other, holds: false },
    }[step.ifMatch];
    const key = step.key === 'none' ? undefined : step.key === 'fresh' || !last ? this.freshKey() : last.key;
    return { ...(key !== undefined && { key }), ...(ifMatch !== undefined && { ifMatch }) };
  }

  private freshKey(): string {
    this.keys += 1;
    return `key-${this.keys}`;
  }

  private compare(request: ModelRequest, { key, ifMatch }: Conditions, answer: Answer): void {
    const recordKey = `${request.userId} ${key ?? ''}`;
    const record = key === undefined ? undefined : this.recorded.get(recordKey);
    if (record && isSame(record.request, request)) expect(answer).toEqual({ ...record.answer, isReplay: true });
    else if (record) expectRefusal(answer, { status: 422, code: 'idempotency_key_reused' });
    else if (ifMatch?.holds === false) {
      expectRefusal(answer, { status: 412, code: 'version_mismatch' });
    } else if (this.compareWithModel(request, answer) && key !== undefined) {
      const recorded = { key, request, answer };
      this.recorded.set(recordKey, recorded);
      this.lastRecorded.set(request.userId, recorded);
    }
  }

  /** @returns whether it was applied. */
  private compareWithModel(request: ModelRequest, answer: Answer): boolean {
    const expected = request.carryOut();
    if (expected.code !== undefined) {
      expectRefusal(answer, expected);
      return false;
    }
    const { status, isReplay = false, version, body } = expected;
    const json: unknown = answer.text === '' ? undefined : JSON.parse(answer.text);
    this.rememberTag(request.userId, answer);
    const { method, path } = request;
    const known = { status: answer.status, isReplay: answer.isReplay, version: versionOf(answer.etag) };
    expect({ method, path, ...known, text: withoutTimes(json) }).toEqual({
      method,
      path,
      status,
      isReplay,
      version,
      text: body,
    });
    request.learn?.(json);
    return true;
  }

  /** No two bodies share an ETag, even across users. */
  private rememberTag(userId: string, { etag, text }: Answer): void {
    if (etag === null) return;
    expect(this.taggedTexts.get(etag) ?? text).toBe(text);
    this.taggedTexts.set(etag, text);
    this.latestTags.set(userId, etag);
  }

  private async compareCart(instance: Instance, userId: string): Promise<unknown> {
    const request = { ...CART, userId, carryOut: () => this.world.get(userId) };
    const answer = await send(instance, request, {});
    this.compareWithModel(request, answer);
    return JSON.parse(answer.text);
  }
}

/** The body of a response to a request that was applied now. */
function appliedBody({ status, text, isReplay }: Answer): unknown {
  return status >= 300 || isReplay || text === '' ? undefined : JSON.parse(text);
}

const CART = { isConditional: false, method: 'GET', path: '/cart' } as const;

/** The version in an ETag of a cart. */
function versionOf(etag: string | null): number | undefined {
  const version = etag === null ? undefined : /^"[0-9a-f]*\.(\d+)\.[\w-]{22}"$/.exec(etag)?.[1];
  return version === undefined ? undefined : Number(version);
}

function isSame(left: ModelRequest, right: ModelRequest): boolean {
  const [one, other] = [left, right].map(({ method, path, body }) => JSON.stringify([method, path, body]));
  return one === other;
}

function expectRefusal({ status, text }: Answer, expected: Expected): void {
  const { code, errors } = problem.parse(JSON.parse(text));
  const index = errors?.[0]?.field.match(/^(?:operations|items)\.(\d+)\./)?.[1];
  expect({ status, code, index }).toEqual({
    status: expected.status,
    code: expected.code,
    index: expected.index?.toString(),
  });
}

async function send({ url }: Instance, request: ModelRequest, { key, ifMatch }: Conditions): Promise<Answer> {
  const { method, path, body, userId, role } = request;
  const authorization = role === undefined ? bearer(userId) : bearer('someone-of-the-shop', role);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch.tag }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const isReplay = response.headers.get('idempotency-replayed') === 'true';
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag'), isReplay };
}
