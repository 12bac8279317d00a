/** Parts of a JSON document, each by its JSON Pointer (RFC 6901). */

/** The paths of all objects in the document that have a member of this name. */
export function partsWith(part: unknown, member: string, path = ''): string[] {
  if (typeof part !== 'object' || part === null || path.endsWith('/example')) return [];
  const inner = Object.entries(part).flatMap(([key, value]) => partsWith(value, member, `${path}/${escaped(key)}`));
  return Object.hasOwn(part, member) ? [path, ...inner] : inner;
}

/** The paths of all properties, parameters and headers, except those that refer to others. */
export function namedParts(document: object): string[] {
  const references = partsWith(document, '$ref');
  const schemas = partsWith(document, 'properties');
  const properties = schemas.flatMap((path) => childrenOf(document, `${path}/properties`));
  const shared = ['/components/parameters', '/components/headers'].flatMap((path) => childrenOf(document, path));
  return [...properties, ...shared].filter((path) => !references.includes(path));
}

function childrenOf(document: object, path: string): string[] {
  const keys = path.split('/').slice(1);
  const parent = keys.reduce<unknown>((part, key) => Object(part)[unescaped(key)], document);
  return Object.keys(Object(parent)).map((key) => `${path}/${escaped(key)}`);
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
