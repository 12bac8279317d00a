import { parse, unescape, type ParsedUrlQuery } from 'node:querystring';
import { ValidationFailedError } from '#kernel';

/**
 * Express's simple query parser, except that it rejects escapes that are not UTF-8. Node replaces them with U+FFFD, so
 * different queries would mean the same.
 * @param query null if the URL has none.
 * @throws ValidationFailedError naming the parameter.
 */
export function parseQuery(query: string | null): ParsedUrlQuery {
  if (query?.includes('%') === true) requireUtf8(query);
  return parse(query ?? '');
}

function requireUtf8(query: string): void {
  const broken = query.split('&').find((parameter) => !isUtf8(parameter));
  if (broken === undefined) return;
  const [name = ''] = broken.split('=', 1);
  throw new ValidationFailedError([{ field: unescape(name), message: 'must be percent-encoded UTF-8' }]);
}

function isUtf8(parameter: string): boolean {
  try {
    decodeURIComponent(parameter);
    return true;
  } catch {
    return false;
  }
}
