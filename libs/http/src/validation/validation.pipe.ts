import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type ValidationError } from '@nestjs/common';
import { type FieldError, ValidationFailedError } from '#kernel';
import { acceptAtOnce } from './compiled-validation.js';
import { rejectHarm } from './harmless-json.js';

/** A value of the wrong type breaks the bounds of its field, too, whose messages would contradict this one. */
const TYPE_RULES: ReadonlySet<string> = new Set(['isInt', 'isNumber', 'isString', 'isArray', 'isObject']);

/**
 * Validates every DTO, rejects unknown fields and names each fault by its path.
 * @throws ValidationFailedError
 */
export class ProblemValidationPipe implements PipeTransform<unknown, unknown> {
  private readonly validation = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new ValidationFailedError(errors.flatMap((error) => fieldErrors(error))),
  });

  /** Returns a promise only if class-validator is needed. Values of the service's own decorators need no validation. */
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'body') requireObject(value);
    // A body was already checked when it was read.
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
  const absence = absenceOf(error);
  if (absence !== undefined) return [{ field, message: absence }];
  const own = brokenRules(error).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? 'is not a known field' : withoutProperty(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/** A field without a value breaks every rule that it has, and no rule's message says that it is the value that is missing. */
function absenceOf({ value, target, constraints = {}, children = [] }: ValidationError): string | undefined {
  // Nest drops the values of errors that have children.
  if (value === undefined && children.length === 0) return 'is missing';
  // `EachAs` makes every element that is no object null.
  return value === null && !Array.isArray(target) && !('whitelistValidation' in constraints)
    ? 'must not be null'
    : undefined;
}

/** The rules to report, with their messages: only those of the type if the value has another. */
function brokenRules({ constraints = {} }: ValidationError): [rule: string, message: string][] {
  const all = Object.entries(constraints);
  const ofType = all.filter(([rule]) => TYPE_RULES.has(rule));
  return ofType.length > 0 ? ofType : all;
}

/** class-validator's messages begin with the property, which `field` already names. */
function withoutProperty(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
