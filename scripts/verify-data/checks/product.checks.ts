import { findingIf, type ContentCheck } from '../stored-key.js';
import { isProductId, parseJsonObject } from '../values.js';

const LOAD = /^(failed:\d+:\d+|[0-9a-f-]{36})$/;

export const checkProduct: ContentCheck = async ({ redis, name, owner }) => {
  const text = await redis.get(name);
  if (text === null) return [];
  const product = parseJsonObject(text);
  if (product?.absent === true && isProductId(owner)) return [];
  const isProduct = typeof product?.name === 'string' && typeof product.price === 'number' && product.price >= 0;
  return findingIf(!isProductId(owner) || !isProduct, 'is not a valid product');
};

export const checkProductLoad: ContentCheck = async ({ redis, name }) => {
  const text = await redis.get(name);
  return findingIf(text !== null && !LOAD.test(text), 'is not a valid lock');
};
