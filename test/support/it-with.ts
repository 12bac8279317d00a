/**
 * A test that needs system programs: skipped if one is missing, with a name that says which.
 * @param missing the names of the missing programs.
 */
export function itWith(missing: readonly string[], name: string, test: () => Promise<void>): void {
  if (missing.length === 0) it(name, test);
  else it.skip(`${name} (skipped: ${missing.join(', ')} missing)`, test);
}
