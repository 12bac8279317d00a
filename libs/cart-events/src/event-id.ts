/** The state of a cart that an event of its stream led to. */
export interface EventId {
  /** Tells the cart from an earlier one of the same user, which has expired; '' before the first change. */
  readonly life: string;
  readonly version: number;
}

const EVENT_ID = /^(\w{0,16})\.(\d{1,15})$/;

/** The `id` of an event. */
export function textOf({ life, version }: EventId): string {
  return `${life}.${version}`;
}

/** What a `Last-Event-ID` names; undefined if no event can have had it. */
export function parseEventId(text: string): EventId | undefined {
  const [, life, version] = EVENT_ID.exec(text) ?? [];
  return life === undefined ? undefined : { life, version: Number(version) };
}
