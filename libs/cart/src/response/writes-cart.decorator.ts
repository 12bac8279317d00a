import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CartDto } from './cart.dto.js';
import { ApiCartWrite, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';

/** The header of a response with a cart, for its documentation. */
export const CART_ETAG = {
  ETag: {
    description: 'Opaque; identifies this body. For `If-Match` and `If-None-Match`.',
    required: true,
    schema: { type: 'string', example: '"4f1c22a9.1.mYq0Zk3vJq0Jr0X1mXlq8A"' },
  },
} as const;

/** Documents that the handler responds with a cart and its entity tag. */
export function AnswersWithCart(): MethodDecorator {
  return ApiOkResponse({ type: CartDto, headers: CART_ETAG });
}

/** The same of a write of the cart, with its conditions. */
export function WritesCart(type: Type = CartDto): MethodDecorator {
  return applyDecorators(ApiCartWrite(), ApiOkResponse({ type, headers: { ...CART_ETAG, ...REPLAYED_HEADER } }));
}
