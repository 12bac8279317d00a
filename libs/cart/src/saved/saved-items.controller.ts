import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { writtenResponse } from '../response/cart.response.js';
import { WritesCart } from '../response/writes-cart.decorator.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { LINE_ID } from '../write/api-line-id.js';
import { LineIdPipe } from '../write/line-id.pipe.js';
import { SavedItemsService } from './saved-items.service.js';

/** The caller's saved lines. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class SavedItemsController {
  constructor(private readonly saved: SavedItemsService) {}

  @Post('save/:product_id')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Save a line of the cart for later',
    description: 'It moves to `saved_items`. If the product is already saved, the quantities are added.',
  })
  @ApiParam(LINE_ID)
  @WritesCart()
  @ApiOkResponse({ description: 'The cart without the line.' })
  @ApiProblems('cart_item_not_found')
  @ApiProblems('quantity_limit_exceeded', 'cart_line_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async save(@Write() write: CartWrite, @Param('product_id', LineIdPipe) lineId: string): Promise<JsonResponse> {
    return writtenResponse(await this.saved.save(write, lineId));
  }

  @Post('restore/:product_id')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Move a saved line back to the cart',
    description: 'If the cart already has the product, the quantities are added and its own price stays.',
  })
  @ApiParam(LINE_ID)
  @WritesCart()
  @ApiOkResponse({ description: 'The cart with the line.' })
  @ApiProblems('cart_item_not_found')
  @ApiProblems('quantity_limit_exceeded', 'currency_mismatch')
  @ApiProblems('cart_line_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async restore(@Write() write: CartWrite, @Param('product_id', LineIdPipe) lineId: string): Promise<JsonResponse> {
    return writtenResponse(await this.saved.restore(write, lineId));
  }
}
