import { checkoutRequest } from './checkout-requests.js';
import { idOf, type ModelAttributes, type ModelCart, type ModelOptions } from './model-cart.js';
import type { Addition, Operation } from './model-operations.js';
import type { ModelCast, ModelRequest } from './model-request.js';
import type { BatchStep, LineStep, Step } from './model-step.js';
import type { ModelWorld } from './model-world.js';

/** The request of a step. A dry run has no key: it records nothing. */
export function requestOf(step: Step, world: ModelWorld, cast: ModelCast): ModelRequest {
  const { learn, ...request } = realRequestOf(step, world, cast);
  const isWrite = request.isConditional || request.path.endsWith('/complete');
  if (!step.isDry || !isWrite) return { ...request, ...(learn && { learn }) };
  return {
    ...request,
    path: `${request.path}?dry_run=true`,
    isConditional: false,
    carryOut: () => world.dry(() => request.carryOut()),
  };
}

function realRequestOf(step: Step, world: ModelWorld, cast: ModelCast): ModelRequest {
  const [first, second, guest] = cast.userIds;
  const userId = [first, second, guest][step.client] ?? guest;
  const cart = world.cartOf(userId);
  const lineId = lineIdOf(step, cast, cart.lines);
  const path = encodeURIComponent(lineId);
  const post = { userId, isConditional: true, method: 'POST' } as const;
  switch (step.kind) {
    case 'get':
      return { ...post, isConditional: false, method: 'GET', path: '/cart', carryOut: () => world.get(userId) };
    case 'count':
      return { ...post, isConditional: false, method: 'GET', path: '/cart/count', carryOut: () => world.count(userId) };
    case 'add': {
      const operation = additionOf(step, cast);
      const carryOut = () => world.operate(userId, { op: 'add', ...operation });
      return { ...post, path: '/cart/add', body: additionBody(operation), carryOut };
    }
    case 'update': {
      const { quantity } = step;
      const carryOut = () => world.operate(userId, { op: 'update', lineId, quantity });
      return { ...post, method: 'PUT', path: `/cart/update/${path}`, body: { quantity }, carryOut };
    }
    case 'remove': {
      const carryOut = () => world.operate(userId, { op: 'remove', lineId });
      return { ...post, method: 'DELETE', path: `/cart/remove/${path}`, carryOut };
    }
    case 'edit': {
      const options = optionsOf(step) ?? null;
      const quantity = step.hits ? undefined : step.quantity;
      const body = { options, ...(quantity !== undefined && { quantity }), ...noteBody(noteOf(step)) };
      const carryOut = () => world.edit(userId, { lineId, quantity, options, note: noteOf(step) });
      return { ...post, method: 'PATCH', path: `/cart/lines/${path}`, body, carryOut };
    }
    case 'describe': {
      const note = noteOf(step) ?? null;
      const attributes = ATTRIBUTES[step.option] ?? {};
      const body = { note, ...(Object.keys(attributes).length > 0 && { attributes }) };
      const carryOut = () => world.describe(userId, note, attributes);
      return { ...post, method: 'PATCH', path: '/cart', body, carryOut };
    }
    case 'replace': {
      const additions = distinct(step.operations.map((drawn) => additionOf(drawn, cast)));
      const note = noteOf(step) ?? null;
      const attributes: ModelAttributes = step.option === 0 ? {} : { gift: 'replaced' };
      const body = { items: additions.map(additionBody), note, attributes };
      const carryOut = () => world.replace(userId, additions, { note, attributes });
      return { ...post, method: 'PUT', path: '/cart', body, carryOut };
    }
    case 'batch': {
      const operations = step.operations.map((drawn) => operationOf(drawn, cast, cart));
      const body = { operations: operations.map(operationBody) };
      return { ...post, path: '/cart/batch', body, carryOut: () => world.batch(userId, operations) };
    }
    case 'save':
      return {
        ...post,
        path: `/cart/save/${path}`,
        carryOut: () => world.operate(userId, { op: 'save', lineId }),
      };
    case 'restore': {
      const savedId = lineIdOf(step, cast, cart.saved);
      const carryOut = () => world.operate(userId, { op: 'restore', lineId: savedId });
      return { ...post, path: `/cart/restore/${encodeURIComponent(savedId)}`, carryOut };
    }
    case 'clear':
      return { ...post, method: 'DELETE', path: '/cart/clear', carryOut: () => world.clear(userId) };
    case 'reprice':
      return { ...post, path: '/cart/reprice', carryOut: () => world.reprice(userId) };
    case 'merge': {
      const { strategy } = step;
      const user = userId === guest ? first : userId;
      const body = { guest_token: cast.guestToken, strategy };
      return { ...post, userId: user, path: '/cart/merge', body, carryOut: () => world.merge(user, guest, strategy) };
    }
    case 'cache':
      return cacheRequest(step, world, userId, `${cast.prefix}-${step.product}`);
    default:
      return checkoutRequest(step.kind, step, world, { userId, checkouts: cast.checkouts });
  }
}

function cacheRequest(step: Step, world: ModelWorld, userId: string, productId: string): ModelRequest {
  const product = { name: `Cached at ${step.price}`, price: step.price, currency: currencyOf(step) };
  return {
    userId,
    role: 'catalog',
    isConditional: false,
    method: 'POST',
    path: `/cache/product/${productId}`,
    body: { ...product, price: step.price / 100 },
    carryOut: () => world.cache(productId, product),
  };
}

function operationOf(drawn: BatchStep, cast: ModelCast, { lines, saved }: ModelCart): Operation {
  const { op, quantity } = drawn;
  if (op === 'add' || op === 'set') return { op, ...additionOf(drawn, cast) };
  const lineId = lineIdOf(drawn, cast, op === 'restore' ? saved : lines);
  if (op === 'note') return { op, lineId, note: noteOf(drawn) ?? 'Noted' };
  return op === 'update' ? { op, lineId, quantity } : { op, lineId };
}

function operationBody(operation: Operation): object {
  if ('productId' in operation) return { op: operation.op, ...additionBody(operation) };
  const { lineId, ...rest } = operation;
  return { ...rest, line_id: lineId };
}

function additionOf(drawn: LineStep, { prefix }: ModelCast): Addition {
  const { quantity, told, price } = drawn;
  const product = told === 'nothing' ? undefined : { name: 'Told', price, currency: currencyOf(drawn) };
  const productId = `${prefix}-${drawn.product}`;
  return { productId, options: optionsOf(drawn), note: noteOf(drawn), quantity, told: product };
}

function additionBody({ productId, options, note, quantity, told }: Addition): object {
  return {
    product_id: productId,
    quantity,
    ...(options && { options }),
    ...noteBody(note),
    ...(told && { product_data: { ...told, price: told.price / 100 } }),
  };
}

const noteBody = (note: string | undefined): object => (note === undefined ? {} : { note });

/** Each line once. */
function distinct(additions: readonly Addition[]): Addition[] {
  return [...new Map(additions.map((addition) => [idOf(addition), addition])).values()];
}

function lineIdOf(drawn: LineStep, { prefix }: ModelCast, lines: ReadonlyMap<string, unknown>): string {
  const present = drawn.hits ? [...lines.keys()] : [];
  const other = idOf({ productId: `${prefix}-${drawn.product}`, options: optionsOf(drawn) });
  return present[drawn.product % Math.max(1, present.length)] ?? other;
}

const OPTIONS: readonly ModelOptions[] = [undefined, { size: 'L' }, { size: 'M', 'engraving "': 'Ünï', custom: 'own' }];
const optionsOf = ({ option }: LineStep): ModelOptions => OPTIONS[option];

/** Changes to the attributes of a cart, by the option of the step. */
const ATTRIBUTES: readonly Readonly<Record<string, string | null>>[] = [
  {},
  { gift: 'Happy "birthday"', box: 'red' },
  { gift: 'Other', box: null, Ünï: 'code' },
];

const NOTES = { none: undefined, one: 'Wrap "it"', other: 'No rush' };
const noteOf = ({ note }: LineStep): string | undefined => NOTES[note];

const currencyOf = ({ told }: LineStep): string => (told === 'euros' ? 'EUR' : 'USD');
