/** An element that shows one value of a list, and can show a newer one. */
export interface Row<T> extends HTMLElement {
  show(value: T): void;
}

/**
 * Shows values as the children of `parent`. The row of a value that was shown before stays where it is, and so does the focus in it.
 * @param keyOf says which values are the same.
 */
export function showList<T>(
  parent: HTMLElement,
  values: readonly T[],
  keyOf: (value: T) => string,
  create: () => Row<T>,
  rows: Map<string, Row<T>>,
): void {
  const keys = new Set(values.map(keyOf));
  for (const [key, row] of rows) {
    if (keys.has(key)) continue;
    row.remove();
    rows.delete(key);
  }
  for (const [index, value] of values.entries()) {
    const key = keyOf(value);
    const row = rows.get(key) ?? create();
    rows.set(key, row);
    row.show(value);
    if (parent.children[index] !== row) parent.insertBefore(row, parent.children[index] ?? null);
  }
}
