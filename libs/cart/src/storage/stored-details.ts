/** The note in the meta of a cart; null if there is none, or another program wrote something else. */
export function parseNote(text: string): string | null {
  const note = parse(text);
  return typeof note === 'string' ? note : null;
}

/** The attributes in the meta of a cart, without values that are not texts. */
export function parseAttributes(text: string): Readonly<Record<string, string>> {
  const attributes = parse(text);
  if (typeof attributes !== 'object' || attributes === null) return NONE;
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const NONE = {};

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
