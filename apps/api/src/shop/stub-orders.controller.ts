import { createHash } from 'node:crypto';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { CurrentUser } from '#auth';
import { CheckoutService } from '#cart';

/** The body of `POST /shop/orders`. */
export class StubOrderDto {
  @IsString()
  @Length(1, 64)
  checkout_id: string;
}

/** An order that was placed. */
export interface StubOrder {
  readonly order_id: string;
}

/**
 * Replaces an order service: takes no payment and completes the shopper's own checkout. A real one is a program of its own,
 * takes the payment, and then calls `POST /cart/checkout/{id}/complete` with the role `orders`.
 */
@ApiExcludeController()
@Controller('shop/orders')
export class StubOrdersController {
  constructor(private readonly checkouts: CheckoutService) {}

  @Post()
  @HttpCode(200)
  async place(@CurrentUser() userId: string, @Body() { checkout_id: id }: StubOrderDto): Promise<StubOrder> {
    await this.checkouts.get(userId, id);
    const orderId = orderIdOf(id);
    const write = { userId, actor: undefined, ifMatch: '', idempotency: undefined, dryRun: false };
    await this.checkouts.complete(write, id, orderId);
    return { order_id: orderId };
  }
}

/** The same order for each attempt to place it, so that a retry completes nothing twice. */
function orderIdOf(checkoutId: string): string {
  return `K-${createHash('sha256').update(checkoutId).digest('hex').slice(0, 8).toUpperCase()}`;
}
