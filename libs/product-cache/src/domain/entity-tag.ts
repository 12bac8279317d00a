import { createHash } from 'node:crypto';

const DIGEST_BYTES = 16;

/** A strong entity tag (RFC 9110, section 8.8.3) of what is answered: a digest of its JSON. */
export function entityTagOf(answer: object): string {
  const digest = createHash('sha256').update(JSON.stringify(answer)).digest().subarray(0, DIGEST_BYTES);
  return `"${digest.toString('base64url')}"`;
}
