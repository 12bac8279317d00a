/** Debian's is too old for deploy/k8s, so that even a machine with all packages may lack it. */
const OPTIONAL: ReadonlySet<string> = new Set(['kubectl']);

/**
 * A test that needs system programs. If one is missing, it is skipped with a name that says which. If `CI` is set, as in the gate, it
 * fails instead, because no one would notice a skipped test.
 * @param missing the names of the missing programs.
 */
export function itWith(missing: readonly string[], name: string, test: () => Promise<void>): void {
  if (missing.length === 0) it(name, test);
  else if (isRequired(missing)) it(name, failBecauseOf(missing));
  else it.skip(skipped(name, missing), test);
}

/** The same for several tests. */
export function describeWith(missing: readonly string[], name: string, tests: () => void): void {
  if (missing.length === 0) describe(name, tests);
  else if (isRequired(missing)) it(name, failBecauseOf(missing));
  else describe.skip(skipped(name, missing), tests);
}

function isRequired(programs: readonly string[]): boolean {
  return (process.env.CI ?? '') !== '' && programs.some((program) => !OPTIONAL.has(program));
}

function skipped(name: string, missing: readonly string[]): string {
  return `${name} (skipped: ${missing.join(', ')} missing)`;
}

function failBecauseOf(missing: readonly string[]): () => void {
  return () => {
    throw new Error(`${missing.join(', ')} missing. With CI set, its tests are not skipped.`);
  };
}
