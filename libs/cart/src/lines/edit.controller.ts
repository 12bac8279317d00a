import { Body, Controller, Param, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated } from '#auth';
import { InjectConfig, type CartConfig } from '#config';
import { ApiProblems, type JsonResponse } from '#http';
import { writtenResponse } from '../response/cart.response.js';
import { WritesCart } from '../response/writes-cart.decorator.js';
import { LINE_ID } from '../write/api-line-id.js';
import type { CartWrite } from '../write/cart-write.js';
import { Write } from '../write/cart-write.decorator.js';
import { LineIdPipe } from '../write/line-id.pipe.js';
import { CartService } from './cart.service.js';
import { ChangeCartDto, ChangeLineDto, ReplaceCartDto } from './dto/edit.dto.js';
import { toLineChanges, toWantedProducts } from './dto/wanted.js';

/** Edits a line, what belongs to the whole cart, or all of it. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class EditController {
  constructor(
    private readonly carts: CartService,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  @Patch('lines/:line_id')
  @ApiOperation({
    summary: 'Change a line',
    description:
      'Fields that are left out stay. With other options the line gets another `line_id`. If the cart has that line ' +
      'already, the two are joined: quantities are added, and both notes are kept.',
  })
  @ApiParam({ ...LINE_ID, name: 'line_id' })
  @WritesCart()
  @ApiOkResponse({ description: 'The cart with the changed line.' })
  @ApiProblems('cart_item_not_found', 'quantity_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async changeLine(
    @Write() write: CartWrite,
    @Param('line_id', LineIdPipe) lineId: string,
    @Body() body: ChangeLineDto,
  ): Promise<JsonResponse> {
    return writtenResponse(await this.carts.changeLine(write, lineId, toLineChanges(body)));
  }

  @Patch()
  @ApiOperation({
    summary: 'Change the note and the attributes of the cart',
    description: 'A merge patch (RFC 7396): what is left out stays, and null removes. Neither changes a price.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The changed cart.' })
  @ApiProblems('cart_size_exceeded', 'redis_full')
  async changeDetails(@Write() write: CartWrite, @Body() { note, attributes }: ChangeCartDto): Promise<JsonResponse> {
    return writtenResponse(await this.carts.changeDetails(write, { note, attributes }));
  }

  @Put()
  @ApiOperation({
    summary: 'Replace the cart',
    description:
      'Afterwards the cart has exactly these lines, this note and these attributes. A line that stays keeps its place. ' +
      'Saved lines stay. Send `If-Match` if others may change the cart, too.',
  })
  @WritesCart()
  @ApiOkResponse({ description: 'The new cart.' })
  @ApiProblems('product_not_found', 'quantity_limit_exceeded', 'currency_mismatch')
  @ApiProblems('cart_line_limit_exceeded', 'cart_size_exceeded', 'redis_full')
  async replace(@Write() write: CartWrite, @Body() body: ReplaceCartDto): Promise<JsonResponse> {
    const wanted = toWantedProducts(body.items, this.config.currency);
    const details = { note: body.note ?? null, attributes: body.attributes ?? {} };
    return writtenResponse(await this.carts.replace(write, wanted, details));
  }
}
