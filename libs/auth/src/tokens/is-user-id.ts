import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isUserId, USER_ID_RULE } from './claims.js';

/** Accepts a user id. */
export const IsUserId = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isUserId',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isUserId(value),
        defaultMessage: () => `$property ${USER_ID_RULE}`,
      },
    },
    options,
  );
