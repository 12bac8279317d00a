import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isJsonObject, isWithinLimit, MAX_JSON_BYTES } from '../domain/json-object.js';

/** Accepts an object of at most 8 KiB of JSON. */
export const IsJsonObject = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isJsonObject',
      validator: {
        validate: (value: unknown) => isJsonObject(value) && isWithinLimit(value),
        defaultMessage: () => `$property must be an object of at most ${MAX_JSON_BYTES} bytes of JSON`,
      },
    },
    options,
  );
