import type { Cart, CartLine } from './cart.js';
import type { Message } from './message.js';
import type { ChangedQuantity } from './written.js';

const NONE: readonly Message[] = [];

/** The messages of a line, the most severe first. */
export function messagesOf({ lineId, product, available, currentPrice }: CartLine): readonly Message[] {
  if (available !== false && product.price !== null && currentPrice === undefined) return NONE;
  const messages: Message[] = [];
  if (available === false) {
    const detail = 'This product is no longer available.';
    messages.push({ code: 'unavailable', severity: 'error', lineId, detail });
  }
  if (product.price === null) {
    messages.push({ code: 'unpriced', severity: 'warning', lineId, detail: 'This product has no price.' });
  }
  if (currentPrice !== undefined) {
    const detail = `The price is now ${currentPrice}.`;
    messages.push({ code: 'price_changed', severity: 'info', lineId, detail });
  }
  return messages;
}

/** Says that a line was added to the line that had its new options already, if a write did that. */
export function messagesOfJoin(lineId: string, changes: readonly ChangedQuantity[]): readonly Message[] {
  const joined = changes.find((change) => change.lineId === lineId);
  if (joined === undefined || joined.before === 0) return NONE;
  const added = joined.after - joined.before;
  const detail = `Another line had these options, with a quantity of ${joined.before}: ${added} came to it, and it keeps its price.`;
  return [{ code: 'joined', severity: 'info', lineId, detail }];
}

/** The messages of all lines, and those of lines that cannot be shown. */
export function messagesOfCart({ lines, unreadable }: Cart): readonly Message[] {
  const detail = 'This line cannot be read. Remove it, or add the product again.';
  return [
    ...lines.flatMap(messagesOf),
    ...unreadable.map((lineId): Message => ({ code: 'unreadable', severity: 'error', lineId, detail })),
  ];
}
