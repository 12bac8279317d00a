import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAuthenticated } from '#auth';
import { InjectConfig, type CartConfig } from '#config';
import { ApiProblems, type JsonResponse } from '#http';
import { cartResponse, writtenResponse } from '../response/cart.response.js';
import { RespondsWithCart, CART_ETAG, WritesCart } from '../response/writes-cart.decorator.js';
import { CartService } from './cart.service.js';
import { renderCart } from '../response/cart.view.js';
import { AddToCartDto } from './dto/add-to-cart.dto.js';
import { BatchDto } from './dto/batch.dto.js';
import { CartCountDto } from './dto/cart-count.dto.js';
import { theOneOf, UpdateCartBodyDto, UpdateCartQueryDto } from './dto/update-cart.dto.js';
import { toWantedOperation, toWantedProduct } from './dto/wanted.js';
import { CartOwner } from '../write/cart-owner.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { LINE_ID } from '../write/api-line-id.js';
import { LineIdPipe } from '../write/line-id.pipe.js';

/** The caller's own cart. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class CartController {
  constructor(
    private readonly carts: CartService,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  @Post('add')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Add a product to the cart',
    description:
      'If the cart already has a line of this product with the same `options`, the quantities are added. Name and price ' +
      'come from the product cache if it has the product, otherwise from `product_data`. Without either, the line has ' +
      'no price.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The cart with the product.' })
  @ApiProblems('product_not_found', 'quantity_limit_exceeded', 'currency_mismatch')
  @ApiProblems('cart_line_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async add(@Write() write: CartWrite, @Body() body: AddToCartDto): Promise<JsonResponse> {
    return writtenResponse(await this.carts.add(write, toWantedProduct(body, this.config.currency)));
  }

  @Get()
  @ApiOperation({
    summary: 'Get the cart',
    description: 'With the lines saved for later, and with each price that has changed in the product cache.',
  })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of the cart that you have.' })
  @RespondsWithCart()
  @ApiOkResponse({ description: 'The cart; empty for a user who never had one.' })
  @ApiNotModifiedResponse({
    description: 'The response would be the one that `If-None-Match` names.',
    headers: CART_ETAG,
  })
  async get(@CartOwner() userId: string): Promise<JsonResponse> {
    const cart = await this.carts.get(userId);
    return cartResponse(renderCart(cart), cart);
  }

  @Put('update/:product_id')
  @ApiOperation({
    summary: 'Set the quantity of a product',
    description: 'Send the quantity in the query or in the body, not in both. 0 removes the product.',
  })
  @ApiParam(LINE_ID)
  @ApiBody({ type: UpdateCartBodyDto, required: false })
  @WritesCart()
  @ApiOkResponse({ description: 'The cart with the new quantity.' })
  @ApiProblems('cart_item_not_found', 'quantity_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async update(
    @Write() write: CartWrite,
    @Param('product_id', LineIdPipe) lineId: string,
    @Query() query: UpdateCartQueryDto,
    @Body() body?: UpdateCartBodyDto,
  ): Promise<JsonResponse> {
    return writtenResponse(await this.carts.update(write, lineId, theOneOf(query.quantity, body?.quantity)));
  }

  @Delete('remove/:product_id')
  @ApiOperation({
    summary: 'Remove a product from the cart',
    description: 'The whole line, whatever its quantity. Other lines of the same product stay.',
  })
  @ApiParam(LINE_ID)
  @WritesCart()
  @ApiOkResponse({ description: 'The cart without the product.' })
  @ApiProblems('cart_item_not_found')
  async remove(@Write() write: CartWrite, @Param('product_id', LineIdPipe) lineId: string): Promise<JsonResponse> {
    return writtenResponse(await this.carts.remove(write, lineId));
  }

  @Delete('clear')
  @ApiOperation({
    summary: 'Empty the cart',
    description: 'Removes all lines, the note and the attributes. Saved lines stay.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The empty cart, whether or not there was one.' })
  async clear(@Write() write: CartWrite): Promise<JsonResponse> {
    return writtenResponse(await this.carts.clear(write));
  }

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Apply several operations',
    description:
      'They are applied in order, all of them or none, as one increment of the version. An error names the rejected ' +
      'operation by its index: `operations.3.quantity`.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The cart after the last operation.' })
  @ApiProblems('cart_item_not_found', 'product_not_found', 'quantity_limit_exceeded', 'currency_mismatch')
  @ApiProblems('cart_line_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async batch(@Write() write: CartWrite, @Body() { operations }: BatchDto): Promise<JsonResponse> {
    const wanted = operations.map((operation, index) => toWantedOperation(operation, index, this.config.currency));
    return writtenResponse(await this.carts.batch(write, wanted));
  }

  @Post('reprice')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Update the cart to the current prices',
    description:
      'Lines whose product has a different price in the product cache take its name, price and details from there. ' +
      'Lines of products that are not cached do not change.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The cart with the current prices.' })
  @ApiProblems('cart_size_exceeded', 'redis_full')
  async reprice(@Write() write: CartWrite): Promise<JsonResponse> {
    return writtenResponse(await this.carts.reprice(write));
  }

  @Get('count')
  @ApiOperation({
    summary: 'Count the items of the cart',
    description: 'Cheaper than the whole cart, for a badge.',
  })
  @ApiOkResponse({ type: CartCountDto, description: 'The sum of the quantities and the number of lines.' })
  async count(@CartOwner() userId: string): Promise<CartCountDto> {
    const { count, uniqueItems } = await this.carts.count(userId);
    return { count, unique_items: uniqueItems };
  }
}
