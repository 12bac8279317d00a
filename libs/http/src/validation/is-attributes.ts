import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isAttributeRecord, type AttributeValue } from '#kernel';

const MAX_ATTRIBUTES = 20;
const MAX_KEY_LENGTH = 50;
const MAX_VALUE_LENGTH = 200;

const RULE =
  `must be an object of at most ${MAX_ATTRIBUTES} strings (up to ${MAX_VALUE_LENGTH} characters), ` +
  `numbers or booleans, with keys of 1 to ${MAX_KEY_LENGTH} characters`;

/** Accepts an object of a bounded number of scalar values. */
export const IsAttributes = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    { name: 'isAttributes', validator: { validate: isBounded, defaultMessage: () => `$property ${RULE}` } },
    options,
  );

function isBounded(value: unknown): boolean {
  if (!isAttributeRecord(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_ATTRIBUTES && entries.every(([key, scalar]) => isKey(key) && isShort(scalar));
}

function isKey(key: string): boolean {
  return key.length >= 1 && key.length <= MAX_KEY_LENGTH;
}

function isShort(value: AttributeValue): boolean {
  return typeof value !== 'string' || value.length <= MAX_VALUE_LENGTH;
}
