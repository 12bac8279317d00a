import { JwtService } from '@nestjs/jwt';
import { jwtOptions, TokenService, type TokenRequest } from '#auth';
import { systemClock } from '#common';
import type { AuthConfig } from '#config';

/** A token as the service itself would sign it, outside of the service. */
export function issueToken(config: AuthConfig, request: TokenRequest): string {
  return new TokenService(new JwtService(jwtOptions(config)), systemClock).issue(request);
}
