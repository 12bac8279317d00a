/**
 * A test that needs programs of the system: skipped where one is missing, with a name that says which.
 * @param missing the names of those that are not here.
 */
export function itWith(missing: readonly string[], name: string, test: () => Promise<void>): void {
  if (missing.length === 0) it(name, test);
  else it.skip(`${name} (skipped: no ${missing.join(', ')} here)`, test);
}
