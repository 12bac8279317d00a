/**
 * What comes before the path of each request.
 *
 * @param text such as `https://cart.example`, or a path of the page's own origin.
 * @param mayBePath whether there is a page, or a `fetch` that knows what a path belongs to.
 * @returns without a slash at its end.
 * @throws TypeError if no request could be sent there.
 */
export function baseUrlOf(text: string, mayBePath: boolean): string {
  if (!isAddress(text) && !(mayBePath && isPath(text))) {
    const shown = JSON.stringify(text.replace(/\/\/.*@/, '//…@'));
    throw new TypeError(`baseUrl must be an address such as "https://cart.example", not ${shown}.`);
  }
  return text.replace(/\/+$/, '');
}

/** `localhost:8001` is a URL too: one whose scheme is `localhost:`. `fetch` rejects URLs with a password. */
function isAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  try {
    const { username, password, search, hash } = new URL(text);
    return username + password + search + hash === '';
  } catch {
    return false;
  }
}

function isPath(text: string): boolean {
  return text === '' || /^\/(?!\/)[^?#]*$/.test(text);
}
