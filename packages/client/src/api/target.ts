/**
 * Path and query of a request.
 *
 * @param path of the OpenAPI document, such as `/cart/update/{product_id}`.
 * @throws TypeError if a parameter is missing or cannot be in a path.
 */
export function targetOf(path: string, parameters?: unknown, query?: unknown): string {
  const values = new Map(entriesOf(parameters));
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) => encoded(name, values.get(name)));
  const search = new URLSearchParams();
  for (const [name, value] of entriesOf(query))
    if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/** `fetch` resolves `.` and `..` as path segments, even if they are encoded. */
function encoded(name: string, value: unknown): string {
  if (typeof value !== 'string' || /^\.{0,2}$/.test(value))
    throw new TypeError(`${name} must be a text, not "", "." or "..".`);
  return encodeURIComponent(value);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
