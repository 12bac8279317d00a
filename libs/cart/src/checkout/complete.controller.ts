import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, Roles } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { plainResponse } from '../response/cart.response.js';
import { ApiIfMatch, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { CHECKOUT_ID } from './api-checkout-id.js';
import { CheckoutDto, CompleteCheckoutDto } from './checkout.dto.js';
import { CheckoutService } from './checkout.service.js';
import { renderCheckout } from './checkout.view.js';

/** Completes checkouts of any user, for an order service. */
@ApiTags('checkout')
@ApiAuthenticated()
@Controller('cart/checkout')
export class CompleteController {
  constructor(private readonly checkouts: CheckoutService) {}

  @Post(':checkout_id/complete')
  @HttpCode(200)
  @Roles('orders')
  @ApiOperation({
    summary: 'Complete a checkout',
    description:
      'Takes out of the cart what was ordered; what was added since stays. Each item says how much was `ordered`, ' +
      '`taken` out of the cart, and `missing` there, because another order or the shopper took it. `order_id` works as ' +
      'an idempotency key: for a day the same order again changes nothing and gets the same response.',
  })
  @ApiParam(CHECKOUT_ID)
  @ApiIfMatch()
  @ApiOkResponse({ type: CheckoutDto, description: 'The completed checkout.', headers: REPLAYED_HEADER })
  @ApiProblems('forbidden', 'checkout_not_found')
  async complete(
    @Write() { actor, ifMatch, dryRun }: CartWrite,
    @Param('checkout_id') id: string,
    @Body() { user_id: userId, order_id }: CompleteCheckoutDto,
  ): Promise<JsonResponse> {
    const { checkout, replayed } = await this.checkouts.complete(
      { userId, actor, ifMatch, idempotency: undefined, dryRun },
      id,
      order_id,
    );
    return plainResponse(renderCheckout(checkout), replayed);
  }
}
