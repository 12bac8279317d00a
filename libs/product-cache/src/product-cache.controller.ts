import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, Roles } from '#auth';
import { ApiProblems, ProductIdPipe, toProduct } from '#common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { CacheProductDto } from './dto/cache-product.dto.js';
import { CachedProductDto } from './dto/cached-product.dto.js';
import { ProductCacheService } from './product-cache.service.js';

const PRODUCT_ID = { name: 'product_id', description: 'The id of the product, as carts name it.', example: 'laptop' };

/** The shared cache of products. */
@ApiTags('cache')
@ApiAuthenticated()
@Controller('cache/product')
export class ProductCacheController {
  constructor(
    private readonly cache: ProductCacheService,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
  ) {}

  @Post(':product_id')
  @HttpCode(200)
  @Roles('catalog')
  @ApiOperation({
    summary: 'Cache a product (role catalog)',
    description: 'From then on carts take its name and price from here.',
  })
  @ApiParam(PRODUCT_ID)
  @ApiOkResponse({ type: CachedProductDto, description: 'The product as it is cached.' })
  @ApiProblems('validation_failed', 'malformed_json', 'forbidden', 'payload_too_large', 'unsupported_media_type')
  async put(
    @Param('product_id', ProductIdPipe) productId: string,
    @Body() { ttl_seconds, ...data }: CacheProductDto,
  ): Promise<CachedProductDto> {
    const product = toProduct(data, this.config.currency);
    return CachedProductDto.of(await this.cache.put(productId, product, ttl_seconds ?? undefined));
  }

  @Get(':product_id')
  @Header('X-Cache', 'redis')
  @ApiOperation({ summary: 'Get a cached product' })
  @ApiParam(PRODUCT_ID)
  @ApiOkResponse({
    description: 'The product.',
    type: CachedProductDto,
    headers: { 'X-Cache': { description: 'Who answered.', schema: { type: 'string', example: 'redis' } } },
  })
  @ApiProblems('validation_failed', 'product_not_cached')
  async get(@Param('product_id', ProductIdPipe) productId: string): Promise<CachedProductDto> {
    return CachedProductDto.of(await this.cache.get(productId));
  }
}
