import { isProblem, ProblemError, UnexpectedResponseError } from '@cartwright/client';

/** The session ended without the user's doing. */
export const SIGNED_OUT = 'You have been signed out. Sign in to see your cart.';

/** What a failed request means for the shopper. */
export function explain(error: unknown): string {
  if (isProblem(error, 'invalid_refresh_token')) return SIGNED_OUT;
  if (isProblem(error, 'invalid_credentials')) return 'The e-mail address or the password is wrong.';
  if (isProblem(error, 'email_taken')) return 'An account with this e-mail address already exists. Sign in instead.';
  if (isProblem(error, 'not_found')) return 'Accounts are turned off. AUTH_ACCOUNTS=true turns them on.';
  if (isProblem(error, 'validation_failed')) {
    return error.problem.errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  }
  if (isRejected(error)) return error.problem.detail;
  if (error instanceof UnexpectedResponseError) return `The shop returned an unexpected response (${error.status}).`;
  return 'The shop did not respond.';
}

/** Narrows to the problems of the document, as `instanceof` does not. */
function isRejected(error: unknown): error is ProblemError {
  return error instanceof ProblemError;
}
