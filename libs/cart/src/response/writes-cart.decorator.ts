import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CartDto } from './cart.dto.js';
import { ApiCartWrite, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';

/** The response header of a cart, for the API documentation. */
export const CART_ETAG = {
  ETag: {
    description: 'Opaque; identifies this body. For `If-Match` and `If-None-Match`.',
    required: true,
    schema: { type: 'string', example: '"4f1c22a9.1.mYq0Zk3vJq0Jr0X1mXlq8A"' },
  },
} as const;

/** The same of a write, where it is missing in a dry run. */
const WRITTEN_CART_ETAG = { ETag: { ...CART_ETAG.ETag, required: false } };

/** Documents a response with a cart and its entity tag. */
export function RespondsWithCart(): MethodDecorator {
  return ApiOkResponse({ type: CartDto, headers: CART_ETAG });
}

/** Documents a write of the cart: its response and its conditional headers. */
export function WritesCart(type: Type = CartDto): MethodDecorator {
  return applyDecorators(
    ApiCartWrite(),
    ApiOkResponse({ type, headers: { ...WRITTEN_CART_ETAG, ...REPLAYED_HEADER } }),
  );
}
