import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import type { FieldError } from '../errors/domain.error.js';
import { ValidationFailedError } from '../errors/validation-failed.error.js';
import { acceptAtOnce } from './compiled-validation.js';
import { findHarm } from './harmless-json.js';

/**
 * Validates every DTO, refuses fields that it does not know and names each fault by its path.
 * @throws ValidationFailedError
 */
export class ProblemValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new ValidationFailedError(errors.flatMap((error) => fieldErrors(error))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') {
      refuseHarm(value);
      const accepted = acceptAtOnce(value, metadata.metatype);
      if (accepted !== undefined) return accepted;
    }
    const transformed: unknown = await super.transform(value, metadata);
    return transformed;
  }
}

function refuseHarm(body: unknown): void {
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
    throw new ValidationFailedError([{ field: '', message: 'the body must be a JSON object' }]);
  }
  const harm = findHarm(body);
  if (harm !== undefined) throw new ValidationFailedError([harm]);
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
