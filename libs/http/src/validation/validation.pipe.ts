import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type ValidationError } from '@nestjs/common';
import { type FieldError, ValidationFailedError } from '#kernel';
import { acceptAtOnce } from './compiled-validation.js';
import { rejectHarm } from './harmless-json.js';

/**
 * Validates every DTO, rejects fields that it does not know and names each fault by its path.
 * @throws ValidationFailedError
 */
export class ProblemValidationPipe implements PipeTransform<unknown, unknown> {
  private readonly validation = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new ValidationFailedError(errors.flatMap((error) => fieldErrors(error))),
  });

  /** A promise only where class-validator is asked. What the service's own decorators give needs no validation. */
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'body') requireObject(value);
    // A body has been through this when it was read.
    if (metadata.type === 'query') rejectHarm(value);
    if (metadata.type !== 'body') return this.validation.transform(value, metadata);
    return acceptAtOnce(value, metadata.metatype) ?? this.validation.transform(value, metadata);
  }
}

function requireObject(body: unknown): void {
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
    throw new ValidationFailedError([{ field: '', message: 'the body must be a JSON object' }]);
  }
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? 'is not a known field' : withoutProperty(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/** class-validator begins its messages with the property, which `field` already names. */
function withoutProperty(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
