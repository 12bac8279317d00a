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
import { ApiAuthenticated } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { plainResponse } from '../response/cart.response.js';
import { CHECKOUT_ID } from './api-checkout-id.js';
import { CheckoutDto, CheckoutRequestDto } from './checkout.dto.js';
import { ApiCartWrite, REPLAYED_HEADER } from '../write/api-cart-write.decorator.js';
import { CartOwner } from '../write/cart-owner.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { CheckoutService } from './checkout.service.js';
import { renderCheckout } from './checkout.view.js';

/** Checkouts of the caller's cart. */
@ApiTags('checkout')
@ApiAuthenticated()
@Controller('cart/checkout')
export class CheckoutController {
  constructor(private readonly checkouts: CheckoutService) {}

  @Post()
  @ApiOperation({
    summary: 'Check out the cart',
    description:
      'Freezes its items and total for `CHECKOUT_TTL_SECONDS`. The cart stays as it is and may change; an order takes ' +
      'out of it what was frozen. If the cart has not changed since the last checkout, that one is returned (200). ' +
      'Otherwise the new one supersedes it, and it can still be completed within its time. ' +
      'No checkout is dropped for a new one: if a user has 50 that are not completed, the request is rejected.',
  })
  @ApiBody({ type: CheckoutRequestDto, required: false })
  @ApiCartWrite()
  @ApiCreatedResponse({ type: CheckoutDto, description: 'The checkout.', headers: REPLAYED_HEADER })
  @ApiOkResponse({ type: CheckoutDto, description: 'The open checkout of this cart.', headers: REPLAYED_HEADER })
  @ApiProblems('cart_empty', 'price_changed', 'unpriced_items', 'unavailable_items')
  @ApiProblems('checkout_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async create(@Write() write: CartWrite, @Body() body?: CheckoutRequestDto): Promise<JsonResponse> {
    const { checkout, isNew, replayed } = await this.checkouts.create(write, body?.accept_price_changes ?? false);
    return plainResponse(renderCheckout(checkout), replayed, isNew ? 201 : 200);
  }

  @Get(':checkout_id')
  @ApiOperation({
    summary: 'Get a checkout',
    description: 'One of your own. A checkout of another user is 404, like one that has expired.',
  })
  @ApiParam(CHECKOUT_ID)
  @ApiOkResponse({ type: CheckoutDto, description: 'The checkout as it was frozen.' })
  @ApiProblems('checkout_not_found')
  async get(@CartOwner() userId: string, @Param('checkout_id') id: string): Promise<JsonResponse> {
    return plainResponse(renderCheckout(await this.checkouts.get(userId, id)));
  }

  @Delete(':checkout_id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Abandon a checkout',
    description:
      'An order service can no longer complete it. In the example `dry_run` is true, so that there is a checkout to complete.',
  })
  @ApiParam(CHECKOUT_ID)
  @ApiCartWrite(true)
  @ApiNoContentResponse({ description: 'It is gone. The cart stays.', headers: REPLAYED_HEADER })
  @ApiProblems('checkout_not_found')
  async abandon(@Write() write: CartWrite, @Param('checkout_id') id: string): Promise<JsonResponse> {
    const { replayed } = await this.checkouts.abandon(write, id);
    return plainResponse(undefined, replayed);
  }
}
