/**
 * No response came, after all retries, or until another user signed in or out. The request may have been applied. To find out, send
 * a write again with the same `idempotencyKey`: it is applied at most once for each user. If the user is another one, read the cart.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  /** @param idempotencyKey of the request; undefined if it had none. */
  constructor(
    readonly attempts: number,
    cause: unknown,
    readonly idempotencyKey?: string,
  ) {
    super(`No response after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`, { cause });
  }
}
