import type { QuantityChange } from '#cart-events';
import type { CartLine } from '../domain/cart.js';

/** Changes of a write as its script returns them. */
interface ChangesInReply {
  readonly changes: readonly QuantityChange[];
  /** For each change a 1 if more than the quantity of the line has changed, else a 0. */
  readonly contents: string;
}

/** The changes, with what lines contain now if more than their quantity has changed. @param lines after the write. */
export function changesWithContent(
  { changes, contents }: ChangesInReply,
  lines: readonly CartLine[],
): readonly QuantityChange[] {
  if (!contents.includes('1')) return changes;
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  return changes.map((change, index) => {
    const line = contents[index] === '1' ? byId.get(change.lineId) : undefined;
    return line === undefined ? change : { ...change, content: { price: line.product.price, ...line.customization } };
  });
}
