export const PLACEHOLDER = '{product_id}';

/**
 * The address of a product at the origin; undefined for an id that no address can hold, which is then no product there.
 * The id stays one value of the path or query: `..`, `/`, `?` and their encoded forms lead nowhere else.
 * @param template an address with one `{product_id}`, as the configuration has checked it.
 */
export function productUrl(template: string, productId: string): URL | undefined {
  const address = template.replace(PLACEHOLDER, () => encodeStrictly(productId));
  const url = new URL(address);
  // A segment that is just `.` or `..`, encoded or not, is resolved by every parser of addresses.
  return url.href === address ? url : undefined;
}

/** As `encodeURIComponent`, and what that leaves of RFC 3986's reserved characters. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
