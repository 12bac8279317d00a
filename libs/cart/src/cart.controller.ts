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
import { ApiAuthenticated, CurrentUser } from '#auth';
import { ApiProblems, ProductIdPipe, toProduct, ValidationFailedError } from '#common';
import { InjectConfig, type CartConfig } from '#config';
import { AnswersWithCart } from './answers-with-cart.decorator.js';
import { CartService } from './cart.service.js';
import type { Cart } from './domain/cart.js';
import { AddToCartDto } from './dto/add-to-cart.dto.js';
import { CartCountDto } from './dto/cart-count.dto.js';
import { UpdateCartBodyDto, UpdateCartQueryDto } from './dto/update-cart.dto.js';

const PRODUCT_ID = { name: 'product_id', description: 'The id of a product in the cart.', example: 'laptop' };

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
      'Adds to the quantity where the cart has the product already. ' +
      'A product of the product cache has its name and price from there; any other has them from `product_data`, ' +
      'and stays without a price where that is left out.',
  })
  @AnswersWithCart()
  @ApiOkResponse({ description: 'The cart with the product.' })
  @ApiProblems('validation_failed', 'malformed_json', 'payload_too_large', 'unsupported_media_type')
  @ApiProblems('product_not_found', 'quantity_limit_exceeded', 'cart_line_limit_exceeded', 'currency_mismatch')
  async add(
    @CurrentUser() userId: string,
    @Body() { product_id, quantity, product_data }: AddToCartDto,
  ): Promise<Cart> {
    const told = product_data == null ? undefined : toProduct(product_data, this.config.currency, 'product_data.');
    return this.carts.add(userId, product_id, quantity, told);
  }

  @Get()
  @ApiOperation({ summary: 'Get the cart' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of the cart that you have.' })
  @AnswersWithCart()
  @ApiOkResponse({ description: 'The cart; empty for a user who never had one.' })
  @ApiNotModifiedResponse({ description: 'The cart is still the one that `If-None-Match` names.' })
  async get(@CurrentUser() userId: string): Promise<Cart> {
    return this.carts.get(userId);
  }

  @Put('update/:product_id')
  @ApiOperation({
    summary: 'Set the quantity of a product',
    description: 'The quantity stands in the query or in the body, not in both. 0 removes the product.',
  })
  @ApiParam(PRODUCT_ID)
  @ApiBody({ type: UpdateCartBodyDto, required: false })
  @AnswersWithCart()
  @ApiOkResponse({ description: 'The cart with the new quantity.' })
  @ApiProblems('validation_failed', 'malformed_json', 'cart_item_not_found')
  @ApiProblems('payload_too_large', 'unsupported_media_type')
  async update(
    @CurrentUser() userId: string,
    @Param('product_id', ProductIdPipe) productId: string,
    @Query() query: UpdateCartQueryDto,
    @Body() body?: UpdateCartBodyDto,
  ): Promise<Cart> {
    return this.carts.update(userId, productId, theOneOf(query.quantity, body?.quantity));
  }

  @Delete('remove/:product_id')
  @ApiOperation({ summary: 'Remove a product from the cart' })
  @ApiParam(PRODUCT_ID)
  @AnswersWithCart()
  @ApiOkResponse({ description: 'The cart without the product.' })
  @ApiProblems('validation_failed', 'cart_item_not_found')
  async remove(@CurrentUser() userId: string, @Param('product_id', ProductIdPipe) productId: string): Promise<Cart> {
    return this.carts.remove(userId, productId);
  }

  @Delete('clear')
  @ApiOperation({ summary: 'Empty the cart' })
  @AnswersWithCart()
  @ApiOkResponse({ description: 'The empty cart, whether or not there was one.' })
  async clear(@CurrentUser() userId: string): Promise<Cart> {
    return this.carts.clear(userId);
  }

  @Get('count')
  @ApiOperation({ summary: 'Count the items of the cart' })
  @ApiOkResponse({ type: CartCountDto, description: 'The sum of the quantities and the number of lines.' })
  async count(@CurrentUser() userId: string): Promise<CartCountDto> {
    const { count, uniqueItems } = await this.carts.count(userId);
    return { count, unique_items: uniqueItems };
  }
}

/**
 * The quantity of an update; null counts as left out, as in every optional field.
 * @throws ValidationFailedError where both say a quantity, or neither does.
 */
function theOneOf(inQuery?: number | null, inBody?: number | null): number {
  if (inQuery != null && inBody != null) {
    throw new ValidationFailedError([{ field: 'quantity', message: 'stands in the query and in the body: give one' }]);
  }
  const quantity = inQuery ?? inBody;
  if (quantity == null) {
    throw new ValidationFailedError([{ field: 'quantity', message: 'must stand in the query or in the body' }]);
  }
  return quantity;
}
