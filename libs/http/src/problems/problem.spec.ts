import { DomainError, ValidationFailedError } from '#kernel';
import { PROBLEM_CATALOG } from './problem-catalog.js';
import { toProblem } from './problem.js';

describe('a problem', () => {
  it('tells the caller code, status and detail, and nothing of context and cause', () => {
    const error = new DomainError('redis_unavailable', 'Try again.', {
      cause: new Error('ECONNREFUSED'),
      context: { key: 'k' },
    });
    expect(toProblem(error, 'r1')).toEqual({
      type: 'urn:cartwright:problem:redis_unavailable',
      title: 'Redis unavailable',
      status: 503,
      code: 'redis_unavailable',
      detail: 'Try again.',
      request_id: 'r1',
    });
    expect(error.cause).toEqual(new Error('ECONNREFUSED'));
  });

  it('names the fields of a validation', () => {
    const fields = [{ field: 'quantity', message: 'must be an integer number' }];
    expect(toProblem(new ValidationFailedError(fields), 'r1').errors).toEqual(fields);
  });

  it.each(Object.entries(PROBLEM_CATALOG))('%s has an error status', (_code, { status }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});
