import type { Response, Test } from 'supertest';

/** A request with an `Idempotency-Key`. */
export function withKey(request: Test, key: string): Test {
  return request.set('Idempotency-Key', key);
}

/** Whether an answer says that it was given before. */
export function isReplay({ headers }: Response): boolean {
  return headers['idempotency-replayed'] === 'true';
}

/** All of an answer that a repeat must give again: status, bytes of the body, ETag. */
export function answerOf({ status, text, headers }: Response): { status: number; text: string; etag: unknown } {
  return { status, text, etag: headers.etag };
}
