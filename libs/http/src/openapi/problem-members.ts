import type { ErrorCode } from '#kernel';
import type { SchemaObject } from './open-api.js';

/** Members that the problem of a code has besides those of RFC 9457. */
export interface ProblemMembers {
  readonly required: Readonly<Record<string, SchemaObject>>;
  readonly optional: Readonly<Record<string, SchemaObject>>;
}

const ERRORS: SchemaObject = {
  type: 'array',
  description: 'The fields at fault.',
  items: {
    type: 'object',
    required: ['field', 'message'],
    properties: { field: { type: 'string' }, message: { type: 'string' } },
  },
  example: [{ field: 'product_data.price', message: 'must not be less than 0' }],
};

const PRICE_CHANGES: SchemaObject = {
  type: 'array',
  description: 'The lines whose product has another price now.',
  items: {
    type: 'object',
    required: ['product_id', 'price', 'current_price'],
    properties: {
      product_id: { type: 'string' },
      price: { type: 'number', nullable: true, description: 'Null if the line has none.' },
      current_price: { type: 'number' },
    },
  },
  example: [{ product_id: 'laptop', price: 1299.99, current_price: 1199.99 }],
};

const UNPRICED_ITEMS: SchemaObject = {
  type: 'array',
  description: 'The ids of the products.',
  items: { type: 'string' },
  example: ['sticker'],
};

const VERSION: SchemaObject = { type: 'integer', description: 'Of the cart now.', example: 7 };

/** Of an operation in a batch, which `errors` names; a request with one operation needs no name for it. */
const OF_A_BATCH: ProblemMembers = { required: {}, optional: { errors: ERRORS } };

/** The codes whose problems have further members. A problem with a member that is not here is not documented. */
export const PROBLEM_MEMBERS: Readonly<Partial<Record<ErrorCode, ProblemMembers>>> = {
  validation_failed: { required: { errors: ERRORS }, optional: {} },
  version_mismatch: { required: { version: VERSION }, optional: {} },
  price_changed: { required: { price_changes: PRICE_CHANGES }, optional: {} },
  unpriced_items: { required: { unpriced_items: UNPRICED_ITEMS }, optional: {} },
  cart_item_not_found: OF_A_BATCH,
  product_not_found: OF_A_BATCH,
  quantity_limit_exceeded: OF_A_BATCH,
  cart_line_limit_exceeded: OF_A_BATCH,
  cart_size_exceeded: OF_A_BATCH,
  currency_mismatch: OF_A_BATCH,
};
