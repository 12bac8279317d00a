import { DomainError, ValidationFailedError } from '#kernel';
import { ERROR_CATALOG } from '#kernel';
import { toProblem } from './problem.js';

describe('a problem', () => {
  it('shows the client code, status and detail, but neither context nor cause', () => {
    const error = new DomainError('redis_unavailable', 'Try again.', {
      cause: new Error('ECONNREFUSED'),
      context: { key: 'k' },
    });
    expect(toProblem(error, 'r1', 'https://shop.example/errors#')).toEqual({
      type: 'https://shop.example/errors#redis_unavailable',
      title: 'Redis unavailable',
      status: 503,
      code: 'redis_unavailable',
      detail: 'Try again.',
      request_id: 'r1',
    });
    expect(error.cause).toEqual(new Error('ECONNREFUSED'));
  });

  it('names the invalid fields', () => {
    const fields = [{ field: 'quantity', message: 'must be an integer number' }];
    expect(toProblem(new ValidationFailedError(fields), 'r1', 'urn:x:').errors).toEqual(fields);
  });

  it.each(Object.entries(ERROR_CATALOG))('%s has an error status', (_code, { status }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});
