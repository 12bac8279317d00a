/** JSON as a request is made of, with places for what is known only when it is sent. */
export type Value = string | number | boolean | null | Seen | readonly Value[] | { readonly [name: string]: Value };

/** Stands for the marker of the person who sends the request: as long as one, and in no other text. */
export const MARK = '\ue000'.repeat(8);

/** Stands for something that the service has given out before, such as the id of a session. */
export class Seen {
  /**
   * @param name what it is, such as `session_id`.
   * @param index which of those that were seen, in turn from the newest.
   * @param foreign whether it is another person's.
   */
  constructor(
    readonly name: string,
    readonly index: number,
    readonly foreign = false,
  ) {}
}

/** The same value with every place filled in. */
export function fillIn(value: Value, seen: (wanted: Seen) => string, marker: string): unknown {
  if (typeof value === 'string') return value.replaceAll(MARK, marker);
  if (value instanceof Seen) return seen(value);
  if (isList(value)) return value.map((element) => fillIn(element, seen, marker));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fillIn(field, seen, marker)]));
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Seen);
}
