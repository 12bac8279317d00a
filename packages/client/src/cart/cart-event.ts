import type { StreamOf } from '../api/operations.js';

/** A kind of event that the document adds makes one of the two a union, and the interfaces below then do not compile. */
type EventData = StreamOf<'get', '/cart/events'>;
type ChangeData = Extract<EventData, { changes: unknown }>;
type SyncData = Exclude<EventData, ChangeData>;

/** One changed line. */
export type LineChange = NonNullable<ChangeData['changes']>[number];

/** The version that the cart has now. Read the cart if yours has another one. */
export interface SyncEvent extends SyncData {
  readonly event: 'sync';
}

/** A change that led to `version`. */
export interface ChangeEvent extends ChangeData {
  readonly event: 'change';
}

export type CartEvent = SyncEvent | ChangeEvent;

/** Undefined for messages of kinds that this version of the client does not know. */
export function cartEventOf(event: string, data: string): CartEvent | undefined {
  const fields: unknown = JSON.parse(data);
  if (typeof fields !== 'object' || fields === null) return undefined;
  const value: object = { event, ...fields };
  return isCartEvent(value) ? value : undefined;
}

function isCartEvent(value: object): value is CartEvent {
  const fields = new Map<string, unknown>(Object.entries(value));
  const event = fields.get('event');
  if (typeof fields.get('life') !== 'string' || typeof fields.get('version') !== 'number') return false;
  return event === 'sync' || (event === 'change' && typeof fields.get('type') === 'string' && fields.has('changes'));
}
