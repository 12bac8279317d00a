import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { KeySetLocation } from '#config';
import { fetchJson } from './fetch-json.js';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** A key of a kind that has a public half. A symmetric key must never be in a published set. */
const publicKey = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/**
 * Fetches an identity provider's keys as a JSON Web Key Set (RFC 7517). Keys of an unknown kind are left out.
 * @throws Error if the key set is unavailable or invalid.
 */
export async function fetchKeySet(location: KeySetLocation): Promise<JWTVerifyGetKey> {
  const { keys } = keySet.parse(await fetchJson(await urlOf(location)));
  return createLocalJWKSet({ keys: keys.filter((key) => publicKey.safeParse(key).success) });
}

/** OpenID Connect Discovery 1.0, section 4. The document must name the requested issuer (section 4.3). */
async function urlOf(location: KeySetLocation): Promise<URL> {
  if ('url' in location) return location.url;
  const base = location.issuer.replace(/\/$/, '');
  const { issuer, jwks_uri } = discovery.parse(await fetchJson(new URL(`${base}/.well-known/openid-configuration`)));
  if (issuer !== location.issuer) throw new Error('The discovery document is that of another issuer');
  return new URL(jwks_uri);
}
