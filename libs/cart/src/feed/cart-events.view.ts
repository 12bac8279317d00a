import type { MessageEvent } from '@nestjs/common';
import { isoTime } from '#common';
import type { CartChangeEventDto, CartSyncEventDto } from './cart-events.dto.js';
import type { RecordedChange } from './recorded-change.js';

/** How long a client should wait before it comes back, in milliseconds. */
const RETRY_MS = 1000;

/** The version that a cart has: a client whose cart has another one reads it again. */
export function syncMessage(version: number): MessageEvent {
  const data: CartSyncEventDto = { version };
  return { type: 'sync', id: String(version), retry: RETRY_MS, data: JSON.stringify(data) };
}

/** The first message to a client that missed nothing but what follows: no event, only its own version again. */
export function resumedMessage(version: number): MessageEvent {
  return { id: String(version), retry: RETRY_MS, comment: 'resumed' };
}

export function changeMessage({ type, version, changes, at }: RecordedChange): MessageEvent {
  const data: CartChangeEventDto = {
    type,
    version,
    changes: changes?.map(({ productId, before, after }) => ({ product_id: productId, before, after })) ?? null,
    at: isoTime(at),
  };
  return { type: 'change', id: String(version), data: JSON.stringify(data) };
}

export const HEARTBEAT: MessageEvent = { comment: 'heartbeat' };
