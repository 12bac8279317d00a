import { createTokenService, type TokenRequest } from '#auth';
import type { AuthConfig } from '#config';
import { ExplainedError, systemClock } from '#kernel';

/**
 * Signs a token as the service would.
 * @throws ExplainedError if the environment has no secret, because its tokens come from an identity provider.
 */
export function issueToken(config: AuthConfig, request: TokenRequest): string {
  const tokens = createTokenService({ ...config, keySet: undefined }, systemClock);
  if (!tokens.canIssue)
    throw new ExplainedError('JWT_SECRET is not set, so this service signs no tokens: your identity provider does.');
  return tokens.issue(request);
}
