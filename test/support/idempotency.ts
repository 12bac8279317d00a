import type { Response, Test } from 'supertest';

/** A request with an `Idempotency-Key`. */
export function withKey(request: Test, key: string): Test {
  return request.set('Idempotency-Key', key);
}

/** Whether a response is marked as a replay. */
export function isReplay({ headers }: Response): boolean {
  return headers['idempotency-replayed'] === 'true';
}

/** The parts of a response that a replay must return again: status, bytes of the body, ETag. */
export function answerOf({ status, text, headers }: Response): { status: number; text: string; etag: unknown } {
  return { status, text, etag: headers.etag };
}
