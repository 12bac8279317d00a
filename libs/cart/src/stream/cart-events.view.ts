import type { MessageEvent } from '@nestjs/common';
import { textOf, type EventId, type RecordedChange } from '#cart-events';
import { isoTime } from '#kernel';
import type { CartChangeEventDto, CartSyncEventDto } from './cart-events.dto.js';

/** How long a client should wait before it comes back, in milliseconds. */
const RETRY_MS = 1000;

/** The life and version that a cart has: a client whose cart has others reads it again. */
export function syncMessage({ life, version }: EventId): MessageEvent {
  const data: CartSyncEventDto = { life, version };
  return { type: 'sync', id: textOf({ life, version }), retry: RETRY_MS, data: JSON.stringify(data) };
}

/** The first message to a client that missed nothing but what follows: no event, only its own id again. */
export function resumedMessage(last: EventId): MessageEvent {
  return { id: textOf(last), retry: RETRY_MS, comment: 'resumed' };
}

export function changeMessage({ type, life, version, changes, at }: RecordedChange): MessageEvent {
  const data: CartChangeEventDto = {
    type,
    life,
    version,
    changes: changes?.map(({ productId, before, after }) => ({ product_id: productId, before, after })) ?? null,
    at: isoTime(at),
  };
  return { type: 'change', id: textOf({ life, version }), data: JSON.stringify(data) };
}

export const HEARTBEAT: MessageEvent = { comment: 'heartbeat' };
