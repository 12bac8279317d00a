import { applyDecorators, UseInterceptors, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CartDto } from '../dto/cart.dto.js';
import { ApiCartWrite, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';
import { AnswerInterceptor } from './answer.interceptor.js';

const ETAG = { ETag: { description: 'The version in quotes.', schema: { type: 'string', example: '"1"' } } } as const;

/** The handler answers with a cart: sends its JSON and its version, and documents both. */
export function AnswersWithCart(): MethodDecorator {
  return applyDecorators(UseInterceptors(AnswerInterceptor), ApiOkResponse({ type: CartDto, headers: ETAG }));
}

/** The same for a write of the cart, with its conditions. */
export function WritesCart(type: Type = CartDto): MethodDecorator {
  return applyDecorators(
    UseInterceptors(AnswerInterceptor),
    ApiCartWrite(),
    ApiOkResponse({ type, headers: { ...ETAG, ...REPLAYED_HEADER } }),
  );
}
