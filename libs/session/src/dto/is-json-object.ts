import { ValidateBy, type ValidationOptions } from 'class-validator';

const MAX_BYTES = 8 * 1024;

/** Accepts an object of at most 8 KiB of JSON. */
export const IsJsonObject = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isJsonObject',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Buffer.byteLength(JSON.stringify(value)) <= MAX_BYTES,
        defaultMessage: () => `$property must be an object of at most ${MAX_BYTES} bytes of JSON`,
      },
    },
    options,
  );
