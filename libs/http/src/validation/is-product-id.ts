import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isProductId, PRODUCT_ID_RULE } from '#kernel';

/** Accepts a product id; `product-id.ts` has the rule. */
export const IsProductId = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    { name: 'isProductId', validator: { validate: isProductId, defaultMessage: () => `$property ${PRODUCT_ID_RULE}` } },
    options,
  );
