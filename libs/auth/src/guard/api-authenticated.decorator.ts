import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '#http';

/**
 * Documents what all endpoints behind the guards have in common: the token, the rate limit and Redis.
 * @param scheme the kind of token: any, or that of a user who has signed in to an account of this service.
 */
export function ApiAuthenticated(scheme: 'bearer' | 'account' = 'bearer'): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiBearerAuth(scheme),
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
