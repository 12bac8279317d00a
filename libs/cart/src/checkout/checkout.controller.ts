import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAuthenticated, CurrentUser, Roles } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { plainResponse } from '../response/cart.response.js';
import { CheckoutDto, CheckoutRequestDto, CompleteCheckoutDto } from './checkout.dto.js';
import { ApiCartWrite, ApiIfMatch, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { CheckoutService } from './checkout.service.js';
import { renderCheckout } from './checkout.view.js';

// No example: Swagger UI would ask for a checkout that never was.
const CHECKOUT_ID = { name: 'checkout_id', description: 'The `checkout_id` that `POST /cart/checkout` returned.' };

/** The hand-off of the caller's cart to whoever takes orders. */
@ApiTags('checkout')
@ApiAuthenticated()
@Controller('cart/checkout')
export class CheckoutController {
  constructor(private readonly checkouts: CheckoutService) {}

  @Post()
  @ApiOperation({
    summary: 'Check out the cart',
    description:
      'Freezes its items and total for `CHECKOUT_TTL_SECONDS`. The cart stays as it is and may change; ' +
      'an order takes out of it what was frozen. At most 10 checkouts of a user are kept: the oldest goes.',
  })
  @ApiBody({ type: CheckoutRequestDto, required: false })
  @ApiCartWrite()
  @ApiCreatedResponse({ type: CheckoutDto, description: 'The checkout.', headers: REPLAYED_HEADER })
  @ApiProblems('cart_empty', 'price_changed', 'unpriced_items', 'cart_size_exceeded', 'redis_full')
  async create(@Write() write: CartWrite, @Body() body?: CheckoutRequestDto): Promise<JsonResponse> {
    const { checkout, replayed } = await this.checkouts.create(write, body?.accept_price_changes ?? false);
    return plainResponse(renderCheckout(checkout), replayed);
  }

  @Get(':checkout_id')
  @ApiOperation({ summary: 'Get a checkout' })
  @ApiParam(CHECKOUT_ID)
  @ApiOkResponse({ type: CheckoutDto, description: 'The checkout as it was frozen.' })
  @ApiProblems('checkout_not_found')
  async get(@CurrentUser() userId: string, @Param('checkout_id') id: string): Promise<JsonResponse> {
    return plainResponse(renderCheckout(await this.checkouts.get(userId, id)));
  }

  @Post(':checkout_id/complete')
  @HttpCode(200)
  @Roles('orders')
  @ApiOperation({
    summary: 'Complete a checkout',
    description:
      'Takes out of the cart what was ordered; what was added since stays. `order_id` plays the part of an ' +
      'idempotency key: the same order again changes nothing and gets the same answer.',
  })
  @ApiParam(CHECKOUT_ID)
  @ApiIfMatch()
  @ApiOkResponse({ type: CheckoutDto, description: 'The completed checkout.', headers: REPLAYED_HEADER })
  @ApiProblems('forbidden', 'checkout_not_found')
  async complete(
    @Write() { ifMatch }: CartWrite,
    @Param('checkout_id') id: string,
    @Body() { user_id: userId, order_id }: CompleteCheckoutDto,
  ): Promise<JsonResponse> {
    const { checkout, replayed } = await this.checkouts.complete(
      { userId, ifMatch, idempotency: undefined },
      id,
      order_id,
    );
    return plainResponse(renderCheckout(checkout), replayed);
  }

  @Delete(':checkout_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Abandon a checkout' })
  @ApiParam(CHECKOUT_ID)
  @ApiCartWrite()
  @ApiNoContentResponse({ description: 'It is gone. The cart stays.', headers: REPLAYED_HEADER })
  @ApiProblems('checkout_not_found')
  async abandon(@Write() write: CartWrite, @Param('checkout_id') id: string): Promise<JsonResponse> {
    const { replayed } = await this.checkouts.abandon(write, id);
    return plainResponse(undefined, replayed);
  }
}
