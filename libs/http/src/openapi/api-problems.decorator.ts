import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '#kernel';
import { isErrorCode } from '../problems/problem-catalog.js';

/** One extension a code: those of a controller and of all decorators of a method add up, where responses replace each other. */
const PREFIX = 'x-problem-';

/** Documents the problems that an operation responds with. `completeDocument` turns them into one response a status. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...codes.map((code) => ApiExtension(`${PREFIX}${code}`, true)));
}

/** The codes that `ApiProblems` left at an operation of the document, which loses them. */
export function takeProblems(operation: object): ErrorCode[] {
  const extensions = Object.keys(operation).filter((key) => key.startsWith(PREFIX));
  for (const extension of extensions) Reflect.deleteProperty(operation, extension);
  return extensions.map((extension) => extension.slice(PREFIX.length)).filter(isErrorCode);
}
