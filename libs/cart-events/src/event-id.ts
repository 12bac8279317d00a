/** The state of a cart after an event of its stream. */
export interface EventId {
  /** Distinguishes the cart from an earlier, expired one of the same user; '' before the first change. */
  readonly life: string;
  readonly version: number;
}

const EVENT_ID = /^(\w{0,16})\.(\d{1,15})$/;

/** The `id` of an event. */
export function textOf({ life, version }: EventId): string {
  return `${life}.${version}`;
}

/** Parses a `Last-Event-ID`; undefined if no event can have had it. */
export function parseEventId(text: string): EventId | undefined {
  const [, life, version] = EVENT_ID.exec(text) ?? [];
  return life === undefined ? undefined : { life, version: Number(version) };
}
