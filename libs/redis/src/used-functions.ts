/** A function at the top level of a script, as we write them: from `local` to `end`, both unindented. */
const FUNCTION = /^local function (\w+)\([^()\n]*\)\n(?:[ \t].*\n|\n)*end\n/gm;
const COMMENT = /^[ \t]*--.*$/gm;
const WORD = /[A-Za-z_]\w*/g;

/**
 * Leaves out the functions of a script that nothing in it uses, because Redis creates every function anew each time it runs a
 * script. A function stays if its name occurs as a word anywhere but in lines of comment, in the main part or in a function that
 * stays.
 */
export function withUsedFunctions(lua: string): string {
  const bodies = functionsIn(lua);
  const used = new Set<string>();
  const use = (text: string): void => {
    for (const [word] of text.replace(COMMENT, '').matchAll(WORD)) {
      const body = bodies.get(word);
      if (body === undefined || used.has(word)) continue;
      used.add(word);
      use(body);
    }
  };
  use(lua.replace(FUNCTION, ''));
  return lua.replace(FUNCTION, (text, name: string) => (used.has(name) ? text : ''));
}

/** The texts of the functions at the top level, by name, without those on one line. */
export function functionsIn(lua: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [text, name = ''] of lua.matchAll(FUNCTION)) texts.set(name, (texts.get(name) ?? '') + text);
  return texts;
}
