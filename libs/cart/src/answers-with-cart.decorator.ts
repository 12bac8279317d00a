import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CartInterceptor } from './cart.interceptor.js';
import { CartDto } from './dto/cart.dto.js';

/** The handler returns a cart: answers with its JSON and its version, and documents both. */
export function AnswersWithCart(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(CartInterceptor),
    ApiOkResponse({
      type: CartDto,
      headers: { ETag: { description: 'The version in quotes.', schema: { type: 'string', example: '"1"' } } },
    }),
  );
}
