import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CartDto } from '../dto/cart.dto.js';
import { ApiCartWrite, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';

const ETAG = { ETag: { description: 'The version in quotes.', schema: { type: 'string', example: '"1"' } } } as const;

/** Documents that the handler answers with a cart and its version. */
export function AnswersWithCart(): MethodDecorator {
  return ApiOkResponse({ type: CartDto, headers: ETAG });
}

/** The same of a write of the cart, with its conditions. */
export function WritesCart(type: Type = CartDto): MethodDecorator {
  return applyDecorators(ApiCartWrite(), ApiOkResponse({ type, headers: { ...ETAG, ...REPLAYED_HEADER } }));
}
