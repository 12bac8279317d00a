import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isCurrency } from '#kernel';

/** Accepts an ISO 4217 code in upper case. */
export const IsCurrency = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCurrency',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isCurrency(value),
        defaultMessage: () => '$property must be an ISO 4217 currency code in capitals',
      },
    },
    options,
  );
