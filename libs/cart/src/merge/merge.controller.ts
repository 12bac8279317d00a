import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, NoActorGuard } from '#auth';
import { ApiProblems, type JsonResponse } from '#http';
import { cartResponse, plainResponse } from '../response/cart.response.js';
import { WritesCart } from '../response/writes-cart.decorator.js';
import { MergeDto, MergeResultDto } from './merge.dto.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { MergeService } from './merge.service.js';
import { renderMerged } from './merge.view.js';

/** Merges the cart of a guest into the cart of the user who has signed in. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class MergeController {
  constructor(private readonly merges: MergeService) {}

  @Post('merge')
  @HttpCode(200)
  @UseGuards(NoActorGuard)
  @ApiOperation({
    summary: "Merge a guest's cart into the caller's",
    description:
      "Afterwards the guest's cart is empty. Merging the same guest again changes nothing and reports nothing. " +
      "If both carts have a line, its name and price come from the product cache, otherwise from the user's line. " +
      "Quantities are clamped at the limit. The user's lines stay, and the guest's are added in the order of their first " +
      'adds. Lines that the cart cannot take go to the saved lines or stay with the guest; the report lists them.',
  })
  @WritesCart(MergeResultDto)
  @ApiOkResponse({ description: 'The merged cart and what became of each line.' })
  @ApiProblems('forbidden', 'invalid_guest_token', 'redis_full')
  async merge(@Write() write: CartWrite, @Body() { guest_token, strategy }: MergeDto): Promise<JsonResponse> {
    const merged = await this.merges.merge(write, guest_token, strategy ?? 'sum');
    const json = renderMerged(merged);
    return merged.dryRun ? plainResponse(json) : cartResponse(json, merged.cart, merged.replayed);
  }
}
