import type { Response } from 'supertest';
import { ERROR_CATALOG, type ErrorCode } from '#kernel';

/** Checks that a response is the problem with this code, complete and with the right content type; returns its body. */
export function expectProblem(response: Response, code: ErrorCode): Response['body'] {
  const { status, title } = ERROR_CATALOG[code];
  expect({ status: response.status, body: response.body }).toEqual({
    status,
    body: expect.objectContaining({ type: expect.any(String), title, status, code, detail: expect.any(String) }),
  });
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.body.request_id).toBe(response.headers['x-request-id']);
  return response.body;
}

/** The fields listed in a `validation_failed`. */
export function fieldsOf(response: Response): string[] {
  return expectProblem(response, 'validation_failed').errors.map(({ field }: { field: string }) => field);
}
