import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { cartResponse } from '../response/cart.response.js';
import { WritesCart } from '../response/writes-cart.decorator.js';
import { MergeDto, MergeResultDto } from './merge.dto.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { MergeService } from './merge.service.js';
import { renderMerged } from './merge.view.js';

/** The cart of someone who has signed in and was a guest before. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class MergeController {
  constructor(private readonly merges: MergeService) {}

  @Post('merge')
  @HttpCode(200)
  @ApiOperation({
    summary: "Merge a guest's cart into the caller's",
    description:
      "Afterwards the guest's cart is empty. Merging the same guest again changes nothing and reports nothing. " +
      'Of lines that both carts have, the product cache says name and price, else the user. At the limits quantities ' +
      "are clamped; beyond the limit of lines the user's lines stay, then the guest's in the order in which they were " +
      'added. A line in another currency than the cart is left out. The report says each.',
  })
  @WritesCart(MergeResultDto)
  @ApiOkResponse({ description: 'The merged cart and what became of each line.' })
  @ApiProblems('invalid_guest_token', 'redis_full')
  async merge(@Write() write: CartWrite, @Body() { guest_token, strategy }: MergeDto): Promise<JsonResponse> {
    const merged = await this.merges.merge(write, guest_token, strategy ?? 'sum');
    return cartResponse(renderMerged(merged), merged.cart, merged.replayed);
  }
}
