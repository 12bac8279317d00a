import { createTokenService, type TokenRequest } from '#auth';
import type { AuthConfig } from '#config';
import { ExplainedError, systemClock } from '#kernel';

/**
 * Signs a token as the service would.
 * @throws ExplainedError where the environment has no secret: its tokens are an identity provider's.
 */
export function issueToken(config: AuthConfig, request: TokenRequest): string {
  const tokens = createTokenService({ ...config, keySet: undefined }, systemClock);
  if (!tokens.canIssue) throw new ExplainedError('There is no JWT_SECRET to sign a token with.');
  return tokens.issue(request);
}
