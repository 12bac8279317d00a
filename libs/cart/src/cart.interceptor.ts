import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { renderCart } from './cart.view.js';
import type { Cart } from './domain/cart.js';

/** Answers with a cart: its JSON, and its version as the ETag, by which Express answers `If-None-Match` with 304. */
@Injectable()
export class CartInterceptor implements NestInterceptor<Cart, string> {
  intercept(context: ExecutionContext, next: CallHandler<Cart>): Observable<string> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((cart) => {
        response.setHeader('ETag', `"${cart.version}"`);
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        return renderCart(cart);
      }),
    );
  }
}
