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

/** A product as the cache holds it. Times are milliseconds since the Unix epoch. */
export interface CachedProduct {
  readonly productId: string;
  readonly product: Product;
  /** null where its writer kept no time. */
  readonly cachedAt: number | null;
  /** null if it never expires. */
  readonly expiresAt: number | null;
  /** From when on it is to be loaded anew, though it still stands; null for what was not loaded from an origin. */
  readonly freshUntil: number | null;
}

/** Only what a product cannot be without rejects the whole; any other field that makes no sense is left out. */
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

/** The text that stands for a product which the origin does not have. */
export function absenceText(cachedAt: number): string {
  return JSON.stringify({ absent: true, cached_at: cachedAt });
}

export function isAbsence(text: string): boolean {
  return text.startsWith('{"absent":true,');
}

/**
 * Reads a product, ours or the guide's, with its price rounded to its currency; undefined where the text is none. Details
 * that would make the line of a cart too large are left out.
 * @param defaultCurrency of a price that names none, as the guide's do.
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

/** undefined where the name alone is too large. */
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
