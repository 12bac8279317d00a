import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isAttributeRecord } from '#kernel';

const MAX_KEY_LENGTH = 50;

/** What an object of scalars may contain. */
export interface AttributeBounds {
  readonly entries: number;
  /** Of a text, in characters. */
  readonly textLength: number;
}

const OF_A_PRODUCT: AttributeBounds = { entries: 20, textLength: 200 };

/** Accepts an object of a bounded number of scalar values. */
export const IsAttributes = (bounds = OF_A_PRODUCT, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isAttributes',
      validator: {
        validate: (value) =>
          isAttributeRecord(value) && isWithin(value, bounds, (scalar) => isShort(scalar, bounds.textLength)),
        defaultMessage: () =>
          `$property must be an object of at most ${bounds.entries} strings (up to ${bounds.textLength} characters), ` +
          `numbers or booleans, with keys of 1 to ${MAX_KEY_LENGTH} characters`,
      },
    },
    options,
  );

/** Accepts an object of a bounded number of texts; null, if allowed, removes one. */
export const IsTexts = (
  bounds: AttributeBounds,
  allows: 'null' | 'no null',
  options?: ValidationOptions,
): PropertyDecorator => {
  const isText = (value: unknown): boolean =>
    (typeof value === 'string' && value.length <= bounds.textLength) || (value === null && allows === 'null');
  return ValidateBy(
    {
      name: 'isTexts',
      validator: {
        validate: (value) => isRecord(value) && isWithin(value, bounds, isText),
        defaultMessage: () =>
          `$property must be an object of at most ${bounds.entries} strings (up to ${bounds.textLength} characters)` +
          `${allows === 'null' ? ' or null' : ''}, with keys of 1 to ${MAX_KEY_LENGTH} characters`,
      },
    },
    options,
  );
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin<T>(
  record: Readonly<Record<string, T>>,
  { entries }: AttributeBounds,
  isAllowed: (value: T) => boolean,
): boolean {
  const all = Object.entries(record);
  return (
    all.length <= entries &&
    all.every(([key, value]) => key.length >= 1 && key.length <= MAX_KEY_LENGTH && isAllowed(value))
  );
}

function isShort(value: unknown, length: number): boolean {
  return typeof value !== 'string' || value.length <= length;
}
