import * as z from 'zod';
import { pairsOf } from '#redis';
import type { StoredCheckout } from './stored-checkout.js';

/** A checkout as `lua/lib/checkouts.lua` returns it. The last four are missing in one that an earlier build recorded. */
export const storedCheckout = z
  .tuple([
    z.string(),
    z.number(),
    z.number(),
    z.number(),
    z.string(),
    z.string(),
    z.number(),
    z.array(z.string()),
    z.string().default(''),
    z.array(z.union([z.string(), z.number()])).default([]),
    z.string().default(''),
    z.string().default(''),
  ])
  .transform(
    ([
      id,
      createdAt,
      expiresAt,
      version,
      currency,
      orderId,
      completedAt,
      lines,
      supersededBy,
      taken,
      note,
      attributes,
    ]) => {
      const completion = orderId === '' ? undefined : { orderId, at: completedAt, taken: takenQuantities(taken) };
      return {
        id,
        createdAt,
        expiresAt,
        version,
        currency,
        completion,
        lines,
        supersededBy: supersededBy === '' ? undefined : supersededBy,
        note,
        attributes,
      } satisfies StoredCheckout;
    },
  );

/** By line id; line ids and quantities alternate. */
function takenQuantities(flat: readonly (string | number)[]): ReadonlyMap<string, number> {
  return new Map(pairsOf(flat).map(([lineId, taken]) => [String(lineId), Number(taken)]));
}
