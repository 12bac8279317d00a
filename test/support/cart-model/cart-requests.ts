import { checkoutRequest } from './checkout-requests.js';
import type { ModelCart } from './model-cart.js';
import type { Addition, Operation } from './model-operations.js';
import type { ModelCast, ModelRequest } from './model-request.js';
import type { BatchStep, LineStep, Step } from './model-step.js';
import type { ModelWorld } from './model-world.js';

/** What a step asks for. */
export function requestOf(step: Step, world: ModelWorld, cast: ModelCast): ModelRequest {
  const [first, second, guest] = cast.userIds;
  const userId = [first, second, guest][step.client] ?? guest;
  const cart = world.cartOf(userId);
  const productId = productIdOf(step, cast, cart.lines);
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
      const carryOut = () => world.operate(userId, { op: 'update', productId, quantity });
      return { ...post, method: 'PUT', path: `/cart/update/${productId}`, body: { quantity }, carryOut };
    }
    case 'remove': {
      const carryOut = () => world.operate(userId, { op: 'remove', productId });
      return { ...post, method: 'DELETE', path: `/cart/remove/${productId}`, carryOut };
    }
    case 'batch': {
      const operations = step.operations.map((drawn) => operationOf(drawn, cast, cart.lines));
      const body = { operations: operations.map(operationBody) };
      return { ...post, path: '/cart/batch', body, carryOut: () => world.batch(userId, operations) };
    }
    case 'save':
      return { ...post, path: `/cart/save/${productId}`, carryOut: () => world.save(userId, productId) };
    case 'restore': {
      const savedId = productIdOf(step, cast, cart.saved);
      return { ...post, path: `/cart/restore/${savedId}`, carryOut: () => world.restore(userId, savedId) };
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
      return cacheRequest(step, world, userId, productId);
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

function operationOf(drawn: BatchStep, cast: ModelCast, lines: ModelCart['lines']): Operation {
  const { op, quantity } = drawn;
  const productId = productIdOf(drawn, cast, lines);
  if (op === 'add') return { op, ...additionOf(drawn, cast) };
  return op === 'update' ? { op, productId, quantity } : { op, productId };
}

function operationBody(operation: Operation): object {
  const { op, productId: product_id } = operation;
  if (op === 'add') return { op, ...additionBody(operation) };
  return op === 'update' ? { op, product_id, quantity: operation.quantity } : { op, product_id };
}

function additionOf(drawn: LineStep, cast: ModelCast): Addition {
  const { quantity, told, price } = drawn;
  const product = told === 'nothing' ? undefined : { name: 'Told', price, currency: currencyOf(drawn) };
  return { productId: productIdOf(drawn, cast), quantity, told: product };
}

function additionBody({ productId, quantity, told }: Addition): object {
  return { product_id: productId, quantity, ...(told && { product_data: { ...told, price: told.price / 100 } }) };
}

function productIdOf({ product, hits }: LineStep, { prefix }: ModelCast, lines?: ReadonlyMap<string, unknown>): string {
  const there = hits && lines ? [...lines.keys()] : [];
  return there[product % Math.max(1, there.length)] ?? `${prefix}-${product}`;
}

const currencyOf = ({ told }: LineStep): string => (told === 'euros' ? 'EUR' : 'USD');
