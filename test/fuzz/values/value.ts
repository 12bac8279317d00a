/** JSON for a request, with placeholders for values that are known only when it is sent. */
export type Value = string | number | boolean | null | Seen | readonly Value[] | { readonly [name: string]: Value };

/** Placeholder for the sender's marker: of the same length, and part of no other text. */
export const MARK = '\ue000'.repeat(8);

/** Placeholder for a value that the service returned earlier, such as a session id. */
export class Seen {
  /**
   * @param name the kind of value, such as `session_id`.
   * @param index which of the seen values, counted from the newest.
   * @param foreign whether it belongs to another person.
   */
  constructor(
    readonly name: string,
    readonly index: number,
    readonly foreign = false,
  ) {}
}

/** The same value with every placeholder filled in. */
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
