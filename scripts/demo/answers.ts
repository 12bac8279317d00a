import * as z from 'zod';

/** The parts of the API's responses that the demo reads. */

const line = z.object({
  product_id: z.string(),
  name: z.string().nullable(),
  price: z.number().nullable(),
  quantity: z.number(),
  line_total: z.number().nullable(),
  price_source: z.string().nullable(),
});

export const cart = z.object({
  items: z.array(line),
  count: z.number(),
  total_price: z.number(),
  currency: z.string(),
});
export type CartAnswer = z.infer<typeof cart>;

export const cartCount = z.object({ count: z.number(), unique_items: z.number() });

export const session = z.object({
  session_id: z.string(),
  cart_count: z.number(),
  preferences: z.record(z.string(), z.unknown()),
});

export const product = z.object({ product_id: z.string(), name: z.string(), price: z.number(), currency: z.string() });

export const token = z.object({ access_token: z.string() });

export const healthReport = z.object({
  status: z.string(),
  redis: z.object({
    version: z.string().nullable(),
    latency_ms: z.number().nullable(),
    used_memory_human: z.string().nullable(),
  }),
  version: z.string(),
  uptime_seconds: z.number(),
});

/** A `204 No Content`. */
export const nothing = z.undefined();

/** An error, as `application/problem+json`. */
export const problem = z.object({ code: z.string(), detail: z.string() });
