import { Counter } from 'prom-client';
import type { ErrorCode } from '#kernel';
import { startAtZero } from '#runtime';

const CODES: readonly ErrorCode[] = [
  ...(['missing_token', 'invalid_token', 'token_expired', 'session_revoked', 'identity_provider_unavailable'] as const),
  ...(['forbidden', 'invalid_credentials', 'invalid_refresh_token'] as const),
];

export const authFailures = new Counter({
  name: 'cartwright_auth_failures_total',
  help: 'Requests that were not authenticated or not allowed, by the code of the error.',
  labelNames: ['code'] as const,
});
startAtZero(authFailures, CODES);

export const keyFetches = new Counter({
  name: 'cartwright_identity_provider_fetches_total',
  help: "Attempts to fetch the identity provider's keys, by outcome: fetched or failed.",
  labelNames: ['outcome'] as const,
});
startAtZero(keyFetches, ['fetched', 'failed']);
