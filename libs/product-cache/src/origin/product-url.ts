export const PLACEHOLDER = '{product_id}';

/**
 * The URL of a product at the origin; undefined for an id that no URL can contain, so that the origin cannot have it. The id
 * stays one value of the path or query: `..`, `/`, `?` and their encoded forms cannot change the path.
 * @param template a URL with one `{product_id}`, validated in the configuration.
 */
export function productUrl(template: string, productId: string): URL | undefined {
  const address = template.replace(PLACEHOLDER, () => encodeStrictly(productId));
  const url = new URL(address);
  // Every URL parser resolves a segment that is just `.` or `..`, encoded or not.
  return url.href === address ? url : undefined;
}

/** As `encodeURIComponent`, but it also encodes the reserved characters of RFC 3986 that are left. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
