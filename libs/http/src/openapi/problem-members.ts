import type { ErrorCode } from '#kernel';
import type { SchemaObject } from './open-api.js';

/** The members that a problem has in addition to those of RFC 9457, by code. */
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
    properties: {
      field: { type: 'string', description: 'Its path, such as `product_data.price`; empty for the whole body.' },
      message: { type: 'string', description: 'Made for people.' },
    },
  },
  example: [{ field: 'product_data.price', message: 'must not be less than 0' }],
};

const PRICE_CHANGES: SchemaObject = {
  type: 'array',
  description: 'The lines whose product has another price now.',
  items: {
    type: 'object',
    required: ['product_id', 'line_id', 'price', 'current_price'],
    properties: {
      product_id: { type: 'string', description: 'The id of the product.' },
      line_id: { type: 'string', description: 'The id of the line.' },
      price: { type: 'number', nullable: true, description: 'The price of the line; null if it has none.' },
      current_price: { type: 'number', description: 'The price in the product cache.' },
    },
  },
  example: [{ product_id: 'laptop', line_id: 'laptop', price: 1299.99, current_price: 1199.99 }],
};

const UNPRICED_ITEMS: SchemaObject = {
  type: 'array',
  description: 'The ids of the lines without a price.',
  items: { type: 'string' },
  example: ['sticker'],
};

const UNAVAILABLE_ITEMS: SchemaObject = {
  type: 'array',
  description: 'The ids of the lines whose product is unavailable.',
  items: { type: 'string' },
  example: ['laptop'],
};

const VERSION: SchemaObject = { type: 'integer', description: 'The version that the cart has now.', example: 7 };

/** For an operation of a batch, which `errors` names. A request with a single operation does not need it. */
const OF_A_BATCH: ProblemMembers = { required: {}, optional: { errors: ERRORS } };

/** The codes whose problems have additional members. Members that are missing here are not documented. */
export const PROBLEM_MEMBERS: Readonly<Partial<Record<ErrorCode, ProblemMembers>>> = {
  validation_failed: { required: { errors: ERRORS }, optional: {} },
  version_mismatch: { required: { version: VERSION }, optional: {} },
  price_changed: { required: { price_changes: PRICE_CHANGES }, optional: {} },
  unpriced_items: { required: { unpriced_items: UNPRICED_ITEMS }, optional: {} },
  unavailable_items: { required: { unavailable_items: UNAVAILABLE_ITEMS }, optional: {} },
  cart_item_not_found: OF_A_BATCH,
  product_not_found: OF_A_BATCH,
  quantity_limit_exceeded: OF_A_BATCH,
  cart_line_limit_exceeded: OF_A_BATCH,
  cart_size_exceeded: OF_A_BATCH,
  currency_mismatch: OF_A_BATCH,
};
