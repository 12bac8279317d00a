import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { DomainError } from '../errors/domain.error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { PROBLEM_CATALOG } from '../errors/problem-catalog.js';
import { toProblem } from '../errors/problem.js';
import { ValidationFailedError } from '../errors/validation-failed.error.js';
import { ProblemDto } from './problem.dto.js';

const EXAMPLE_REQUEST_ID = '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11';

const RETRY_AFTER = {
  description: 'Seconds to wait; of a 503 they differ, so that not all callers return at once.',
  schema: { type: 'integer', example: 5 },
} as const;

/** What a status brings along besides the problem. */
const HEADERS: Readonly<Record<number, ApiResponseOptions['headers']>> = {
  401: { 'WWW-Authenticate': { description: 'The scheme.', schema: { type: 'string', example: 'Bearer' } } },
  429: { 'Retry-After': RETRY_AFTER },
  503: { 'Retry-After': RETRY_AFTER },
};

/** The codes that each handler is documented with so far. */
const documented = new WeakMap<object, readonly ErrorCode[]>();

/**
 * Documents the problems that an operation answers with, or all operations of a controller: one response a status, one
 * example a code. Several of these add up, whereas Swagger's own decorators of one status replace each other.
 */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  return (target: object, property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (property !== undefined && descriptor !== undefined) document(codes, target, property, descriptor);
    else if (typeof target === 'function') documentEach(codes, target);
  };
}

function documentEach(codes: readonly ErrorCode[], controller: object & { prototype?: unknown }): void {
  const { prototype } = controller;
  if (typeof prototype !== 'object' || prototype === null) return;
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name !== 'constructor') document(codes, prototype, name, descriptor);
  }
}

function document(
  codes: readonly ErrorCode[],
  target: object,
  name: string | symbol,
  method: PropertyDescriptor,
): void {
  const handler: unknown = method.value;
  if (typeof handler !== 'function') return;
  const known = documented.get(handler) ?? [];
  const added = codes.filter((code) => !known.includes(code));
  documented.set(handler, [...known, ...added]);
  const statuses = new Set(added.map((code) => PROBLEM_CATALOG[code].status));
  const responses = [...statuses].map((status) => problemResponse(status, added, [...known, ...added]));
  applyDecorators(ApiExtraModels(ProblemDto), ...responses)(target, name, method);
}

/**
 * @param added the codes that join the description of the status.
 * @param all the codes whose examples it shows.
 */
function problemResponse(status: number, added: readonly ErrorCode[], all: readonly ErrorCode[]): MethodDecorator {
  const headers = HEADERS[status];
  const ofStatus = (codes: readonly ErrorCode[]) => codes.filter((code) => PROBLEM_CATALOG[code].status === status);
  return ApiResponse({
    status,
    description: ofStatus(added)
      .map((code) => `\`${code}\``)
      .join(', '),
    ...(headers && { headers }),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(ofStatus(all).map((code) => [code, { value: exampleOf(code) }])),
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
