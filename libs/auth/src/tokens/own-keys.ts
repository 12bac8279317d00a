import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { AuthConfig } from '#config';
import { ownSecrets } from './own-secrets.js';

const KEY_BYTES = 32;

/**
 * Keys for purposes other than signing JWTs, derived from the secrets of this service's own tokens by HKDF (RFC 5869), so that
 * what was created for one purpose is useless for another. The first key creates, all verify.
 * @param purpose the context of the derivation, different for each use.
 */
export function ownKeys(config: AuthConfig, purpose: string): KeyObject[] {
  return ownSecrets(config).map((secret) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES))),
  );
}
