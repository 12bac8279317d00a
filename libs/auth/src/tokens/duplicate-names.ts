import { visit } from 'jsonc-parser';

/**
 * Whether an object in the header or the claims of a token has duplicate names. `JSON.parse` takes the last, but software that
 * checked the token before may have taken the first (RFC 7515, section 4; RFC 7519, section 4).
 */
export function hasDuplicateNames(token: string): boolean {
  return token.split('.', 2).some((part) => repeatsName(Buffer.from(part, 'base64url').toString()));
}

function repeatsName(json: string): boolean {
  const open: Set<string>[] = [];
  let repeats = false;
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open.at(-1);
      repeats ||= names?.has(name) === true;
      names?.add(name);
    },
  });
  return repeats;
}
