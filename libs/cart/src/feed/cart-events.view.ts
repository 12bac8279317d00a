import type { MessageEvent } from '@nestjs/common';
import { isoTime } from '#common';
import type { RecordedChange } from './recorded-change.js';

/** A message with text for the client. */
export type TextMessage = MessageEvent & { readonly data: string };

/** How long a client should wait before it comes back, in milliseconds. */
const RETRY_MS = 1000;

/** The version that a cart has: a client whose cart has another one reads it again. */
export function syncMessage(version: number): MessageEvent {
  return { type: 'sync', id: String(version), retry: RETRY_MS, data: JSON.stringify({ version }) };
}

/** The first message to a client that missed nothing but what follows: no event, only its own version again. */
export function resumedMessage(version: number): MessageEvent {
  return { id: String(version), retry: RETRY_MS, comment: 'resumed' };
}

export function changeMessage({ type, version, changes, at }: RecordedChange): TextMessage {
  const data = {
    type,
    version,
    changes: changes.map(({ productId, before, after }) => ({ product_id: productId, before, after })),
    at: isoTime(at),
  };
  return { type: 'change', id: String(version), data: JSON.stringify(data) };
}

export const HEARTBEAT: MessageEvent = { comment: 'heartbeat' };
