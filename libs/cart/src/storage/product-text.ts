import type { Product } from '#kernel';
import type { PriceSource } from '../domain/cart.js';

/** The product data of a line, as text: `add.lua` puts it between the quantity and the times. */
export function productText(product: Omit<Product, 'currency'>, source: PriceSource): string {
  if (source === 'client') return textOf(product, source);
  const known = cachedTexts.get(product);
  if (known !== undefined) return known;
  const text = textOf(product, source);
  cachedTexts.set(product, text);
  return text;
}

/** Of products in the product cache, which many requests share. */
const cachedTexts = new WeakMap<object, string>();

function textOf(product: Omit<Product, 'currency'>, source: PriceSource): string {
  const { price, name, description, image_url, category, attributes } = product;
  const fields = { price, name, description, image_url, category, attributes };
  const text = JSON.stringify(source === 'catalog' ? { ...fields, source } : fields);
  return `,${text.slice(1, -1)}`;
}
