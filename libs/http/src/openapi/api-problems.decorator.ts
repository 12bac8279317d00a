import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { type ErrorCode, isErrorCode } from '#kernel';

/**
 * One extension per code: extensions of a controller and of all decorators of a method add up, while responses would overwrite
 * each other.
 */
const PREFIX = 'x-problem-';

/** Documents the problems that an operation can return. `completeDocument` turns them into one response per status. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...codes.map((code) => ApiExtension(`${PREFIX}${code}`, true)));
}

/** Documents problems of an operation of the document, as the decorator does for a method. */
export function addProblems(operation: object, ...codes: ErrorCode[]): void {
  for (const code of codes) Reflect.set(operation, `${PREFIX}${code}`, true);
}

/** The codes that `ApiProblems` left at an operation. Removes them from the document. */
export function takeProblems(operation: object): ErrorCode[] {
  const extensions = Object.keys(operation).filter((key) => key.startsWith(PREFIX));
  for (const extension of extensions) Reflect.deleteProperty(operation, extension);
  return extensions.map((extension) => extension.slice(PREFIX.length)).filter(isErrorCode);
}
