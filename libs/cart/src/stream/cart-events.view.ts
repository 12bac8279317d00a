import { productIdOf } from '../domain/line-id.js';
import type { MessageEvent } from '@nestjs/common';
import { textOf, type EventId, type RecordedChange } from '#cart-events';
import { isoTime } from '#kernel';
import type { CartChangeEventDto, CartSyncEventDto } from './cart-events.dto.js';

/** How long a client should wait before it reconnects, in milliseconds. */
const RETRY_MS = 1000;

/** The current life and version of the cart. A client whose cart differs reads it again. */
export function syncMessage({ life, version }: EventId): MessageEvent {
  const data: CartSyncEventDto = { life, version };
  return { type: 'sync', id: textOf({ life, version }), retry: RETRY_MS, data: JSON.stringify(data) };
}

/** The first message of a resumed stream: not an event, just the client's own last id. */
export function resumedMessage(last: EventId): MessageEvent {
  return { id: textOf(last), retry: RETRY_MS, comment: 'resumed' };
}

export function changeMessage({ type, actor, life, version, changes, at }: RecordedChange): MessageEvent {
  const data: CartChangeEventDto = {
    type,
    ...(actor !== undefined && { actor }),
    life,
    version,
    changes:
      changes?.map(({ lineId, before, after, content }) => ({
        product_id: productIdOf(lineId),
        line_id: lineId,
        before,
        after,
        ...content,
      })) ?? null,
    at: isoTime(at),
  };
  return { type: 'change', id: textOf({ life, version }), data: JSON.stringify(data) };
}

export const HEARTBEAT: MessageEvent = { comment: 'heartbeat' };
