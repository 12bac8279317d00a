/** The pairs in a reply in which names and values alternate. A last name without a value is left out. */
export function pairsOf<T>(flat: readonly T[]): (readonly [name: T, value: T])[] {
  const pairs: (readonly [T, T])[] = [];
  flat.forEach((value, index) => {
    const name = flat[index - 1];
    if (index % 2 === 1 && name !== undefined) pairs.push([name, value]);
  });
  return pairs;
}
