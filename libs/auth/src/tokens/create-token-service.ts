import type { AuthConfig } from '#config';
import type { Clock } from '#kernel';
import { fetchKeySet } from '../provider/key-set.js';
import { ProviderKeys } from '../provider/provider-keys.js';
import { ProviderTokens } from '../provider/provider-tokens.js';
import type { ExpectedClaims } from './jwt-options.js';
import { ownSecrets } from './own-secrets.js';
import { OwnTokens } from './own-tokens.js';
import { TokenService } from './token.service.js';

/** Creates the token service for the configuration, and starts to fetch the identity provider's keys, if there is one. */
export function createTokenService(config: AuthConfig, clock: Clock): TokenService {
  const expected = expectedClaims(config);
  return new TokenService(new OwnTokens(ownSecrets(config), expected, clock), providedTokens(config, clock), clock);
}

function providedTokens(config: AuthConfig, clock: Clock): ProviderTokens | undefined {
  const { keySet } = config;
  if (keySet === undefined) return undefined;
  const keys = new ProviderKeys(async () => fetchKeySet(keySet), clock);
  void keys.refresh();
  return new ProviderTokens(keys, expectedClaims(config), clock);
}

function expectedClaims({ issuer, audience }: AuthConfig): ExpectedClaims {
  return { ...(issuer !== undefined && { issuer }), ...(audience !== undefined && { audience }) };
}
