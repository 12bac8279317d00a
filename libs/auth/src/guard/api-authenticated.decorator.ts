import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '#http';

/** Documents what every endpoint behind the guards has in common: the token, the rate limit, the store. */
export function ApiAuthenticated(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiBearerAuth(),
    ApiProblems(
      'missing_token',
      'invalid_token',
      'token_expired',
      'session_revoked',
      'foreign_data',
      'rate_limit_exceeded',
      'redis_unavailable',
      'identity_provider_unavailable',
      'shutting_down',
    ),
  );
}
