import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { KeySetLocation } from '#config';
import { fetchJson } from './fetch-json.js';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** Keys of a kind that has a public half. A symmetric key has no place in a set that everyone can read. */
const publicKey = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/**
 * Gets an identity provider's keys: JSON Web Key Set, RFC 7517. Keys of an unknown kind are left out.
 * @throws Error if it cannot be had, or is none.
 */
export async function fetchKeySet(location: KeySetLocation): Promise<JWTVerifyGetKey> {
  const { keys } = keySet.parse(await fetchJson(await urlOf(location)));
  return createLocalJWKSet({ keys: keys.filter((key) => publicKey.safeParse(key).success) });
}

/** OpenID Connect Discovery 1.0, section 4. The document must name the issuer that was asked for (section 4.3). */
async function urlOf(location: KeySetLocation): Promise<URL> {
  if ('url' in location) return location.url;
  const base = location.issuer.replace(/\/$/, '');
  const { issuer, jwks_uri } = discovery.parse(await fetchJson(new URL(`${base}/.well-known/openid-configuration`)));
  if (issuer !== location.issuer) throw new Error('The discovery document is that of another issuer');
  return new URL(jwks_uri);
}
