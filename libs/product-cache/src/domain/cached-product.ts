import * as z from 'zod';
import {
  decimalsOf,
  isAttributeRecord,
  isCurrency,
  LATEST_TIME,
  MAX_PRICE,
  oversizeField,
  roundPrice,
  type Product,
} from '#kernel';

/** A product in the cache. Times are in milliseconds since the Unix epoch. */
export interface CachedProduct {
  readonly productId: string;
  readonly product: Product;
  /** null if it was written without a time. */
  readonly cachedAt: number | null;
  /** null if it never expires. */
  readonly expiresAt: number | null;
  /** When it is due to be loaded again, although it is still valid; null if it was not loaded from an origin. */
  readonly freshUntil: number | null;
}

/** A product is rejected only without its required fields; any other invalid field is left out. */
const storedProduct = z.object({
  name: z.string(),
  price: z.number().min(0).max(MAX_PRICE),
  currency: z.string().refine(isCurrency).optional(),
  description: z.string().optional().catch(undefined),
  image_url: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  attributes: z.custom<NonNullable<Product['attributes']>>(isAttributeRecord).optional().catch(undefined),
  cached_at: z.number().min(0).max(LATEST_TIME).optional().catch(undefined),
  fresh_until: z.number().min(0).max(LATEST_TIME).optional().catch(undefined),
});

/** The text of a product in Redis: the guide's fields, the currency and the times. */
export function productText(product: Product, cachedAt: number, freshUntil?: number): string {
  return JSON.stringify({ ...product, cached_at: cachedAt, fresh_until: freshUntil });
}

/** The text for a product that the origin does not have. */
export function absenceText(cachedAt: number): string {
  return JSON.stringify({ absent: true, cached_at: cachedAt });
}

export function isAbsence(text: string): boolean {
  return text.startsWith('{"absent":true,');
}

/**
 * Parses a product, ours or the guide's, and rounds its price to its currency; undefined if the text is not a product. Details
 * that would make a cart line too large are left out.
 * @param defaultCurrency currency of a price that names none, as in the guide's products.
 */
export function parseProduct(
  text: string,
  defaultCurrency: string,
): Pick<CachedProduct, 'product' | 'cachedAt' | 'freshUntil'> | undefined {
  const stored = storedProduct.safeParse(parseJson(text));
  if (!stored.success) return undefined;
  const { name, price, description, image_url, category, attributes, cached_at, fresh_until } = stored.data;
  const currency = stored.data.currency ?? defaultCurrency;
  const product = fitting({
    name,
    price: roundPrice(price, decimalsOf(currency)),
    currency,
    ...(description !== undefined && { description }),
    ...(image_url !== undefined && { image_url }),
    ...(category !== undefined && { category }),
    ...(attributes !== undefined && { attributes }),
  });
  return product && { product, cachedAt: cached_at ?? null, freshUntil: fresh_until ?? null };
}

/** undefined if the name alone is too large. */
function fitting(product: Product): Product | undefined {
  const oversize = oversizeField(product);
  if (oversize === undefined) return product;
  if (oversize === 'name') return undefined;
  return fitting({ ...product, [oversize]: undefined });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
