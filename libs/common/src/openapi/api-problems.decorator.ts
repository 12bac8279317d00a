import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { DomainError } from '../errors/domain.error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { PROBLEM_CATALOG } from '../errors/problem-catalog.js';
import { toProblem } from '../errors/problem.js';
import { ValidationFailedError } from '../errors/validation-failed.error.js';
import { ProblemDto } from './problem.dto.js';

const EXAMPLE_REQUEST_ID = '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11';

const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer', example: 5 } } as const;

/** What a status brings along besides the problem. */
const HEADERS: Readonly<Record<number, ApiResponseOptions['headers']>> = {
  401: { 'WWW-Authenticate': { description: 'The scheme.', schema: { type: 'string', example: 'Bearer' } } },
  429: { 'Retry-After': RETRY_AFTER },
  503: { 'Retry-After': RETRY_AFTER },
};

/** Documents the problems that an operation answers with: one response a status, one example a code. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => PROBLEM_CATALOG[code].status));
  return applyDecorators(ApiExtraModels(ProblemDto), ...[...statuses].map((status) => problemResponse(status, codes)));
}

function problemResponse(status: number, codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator {
  const headers = HEADERS[status];
  const sameStatus = codes.filter((code) => PROBLEM_CATALOG[code].status === status);
  return ApiResponse({
    status,
    description: sameStatus.map((code) => `\`${code}\``).join(', '),
    ...(headers && { headers }),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(sameStatus.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  });
}

function exampleOf(code: ErrorCode): object {
  const error =
    code === 'validation_failed'
      ? new ValidationFailedError([{ field: 'quantity', message: 'must not be less than 1' }])
      : new DomainError(code, PROBLEM_CATALOG[code].title);
  return toProblem(error, EXAMPLE_REQUEST_ID);
}
