import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiHeader,
  ApiNoContentResponse,
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAuthenticated, Roles } from '#auth';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { ApiProblems, JsonResponse, ProductIdPipe, toProduct, type HeaderObject } from '#http';
import { CacheProductDto } from './dto/cache-product.dto.js';
import { CacheProductsDto, FoundProductsDto, MAX_PRODUCTS, ProductsCachedDto } from './dto/cache-products.dto.js';
import { CachedProductDto } from './dto/cached-product.dto.js';
import { ProductCacheService, type NewProduct } from './product-cache.service.js';
import { ProductIdsPipe } from './product-ids.pipe.js';
import { renderProduct } from './product.view.js';

const PRODUCT_ID = { name: 'product_id', description: 'The id of the product, as carts name it.', example: 'laptop' };
const PRODUCT_IDS = {
  name: 'ids',
  type: String,
  description: `1 to ${MAX_PRODUCTS} product ids with commas between them; one that holds a comma cannot be named.`,
  example: 'laptop,mouse',
};
/** Only the client that is allowed to read products may store them, and it has to revalidate them each time. */
const KEPT_BY_THE_CALLER = 'private, no-cache';
const BY_TOKEN = 'Authorization';
/** The same, for the API documentation. */
const KEPT_HEADERS: Record<string, HeaderObject> = {
  'Cache-Control': {
    description: 'The caller may keep the response, and must ask each time whether it still holds.',
    required: true,
    schema: { type: 'string', example: 'private, no-cache' },
  },
  Vary: {
    description: 'By the token, and by the origin where CORS is on.',
    required: true,
    schema: { type: 'string', example: 'Authorization' },
  },
};
const HEADERS: Record<string, HeaderObject> = {
  ...KEPT_HEADERS,
  'X-Cache': {
    description: 'Where the product came from: `local`, `redis` or `origin`.',
    required: true,
    schema: { type: 'string', enum: ['local', 'redis', 'origin'], example: 'redis' },
  },
  ETag: {
    description: 'Of this product as it is returned.',
    required: true,
    schema: { type: 'string', example: '"mYq0Zk3vJq0Jr0X1mXlq8A"' },
  },
};

/** The shared product cache. */
@ApiTags('cache')
@ApiAuthenticated()
@Controller('cache')
export class ProductCacheController {
  constructor(
    private readonly cache: ProductCacheService,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
  ) {}

  @Post('product/:product_id')
  @HttpCode(200)
  @Roles('catalog')
  @ApiOperation({
    summary: 'Cache a product (role catalog)',
    description: 'From then on carts take its name and price from here.',
  })
  @ApiParam(PRODUCT_ID)
  @ApiOkResponse({ type: CachedProductDto, description: 'The product as it is cached.' })
  @ApiProblems('forbidden', 'redis_full')
  async put(
    @Param('product_id', ProductIdPipe) productId: string,
    @Body() body: CacheProductDto,
  ): Promise<CachedProductDto> {
    return CachedProductDto.of(await this.cache.put(this.toNew(productId, body)));
  }

  @Post('products')
  @HttpCode(200)
  @Roles('catalog')
  @ApiOperation({
    summary: 'Cache several products (role catalog)',
    description: 'Each for itself: where Redis fails in between, some are cached. Sending all again does no harm.',
  })
  @ApiOkResponse({ type: ProductsCachedDto, description: 'They are cached.' })
  @ApiProblems('forbidden', 'redis_full')
  async putAll(@Body() { products }: CacheProductsDto): Promise<ProductsCachedDto> {
    await this.cache.putAll(products.map(({ product_id, ...body }) => this.toNew(product_id, body)));
    return { cached: products.length };
  }

  @Get('products')
  @ApiOperation({
    summary: 'Get several cached products',
    description: 'Reads the product cache only, never the product origin.',
  })
  @ApiQuery(PRODUCT_IDS)
  @ApiOkResponse({
    type: FoundProductsDto,
    description: 'Those that are cached, in the order of `ids`.',
    headers: KEPT_HEADERS,
  })
  async getAll(@Query('ids', ProductIdsPipe) ids: string[]): Promise<JsonResponse> {
    const found = await this.cache.getAll(ids);
    const known = new Set(found.map(({ cached }) => cached.productId));
    const body: FoundProductsDto = {
      products: found.map(({ cached }) => CachedProductDto.of(cached)),
      missing: ids.filter((id) => !known.has(id)),
    };
    return new JsonResponse(JSON.stringify(body), { 'Cache-Control': KEPT_BY_THE_CALLER, Vary: BY_TOKEN });
  }

  @Get('product/:product_id')
  @ApiOperation({ summary: 'Get a cached product', description: '304 where `If-None-Match` names its `ETag`.' })
  @ApiParam(PRODUCT_ID)
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of the product that you have.' })
  @ApiOkResponse({ description: 'The product.', type: CachedProductDto, headers: HEADERS })
  @ApiNotModifiedResponse({ description: 'The product is still the one that `If-None-Match` names.', headers: HEADERS })
  @ApiProblems('product_not_cached', 'catalog_unavailable', 'redis_full')
  async get(@Param('product_id', ProductIdPipe) productId: string): Promise<JsonResponse> {
    const { cached, layer } = await this.cache.get(productId);
    const { json, entityTag } = renderProduct(cached);
    return new JsonResponse(json, {
      'Cache-Control': KEPT_BY_THE_CALLER,
      Vary: BY_TOKEN,
      // Express compares it with If-None-Match.
      ETag: entityTag,
      'X-Cache': layer,
    });
  }

  @Delete('product/:product_id')
  @HttpCode(204)
  @Roles('catalog')
  @ApiOperation({
    summary: 'Drop a cached product (role catalog)',
    description: 'The next read gets it from the product origin, if one is configured.',
  })
  @ApiParam(PRODUCT_ID)
  @ApiNoContentResponse({ description: 'It is gone. Lines of carts keep its name and price.' })
  @ApiProblems('forbidden', 'product_not_cached')
  async delete(@Param('product_id', ProductIdPipe) productId: string): Promise<void> {
    await this.cache.delete(productId);
  }

  private toNew(productId: string, { ttl_seconds, ...data }: CacheProductDto): NewProduct {
    return { productId, product: toProduct(data, this.config.currency), ttlSeconds: ttl_seconds ?? undefined };
  }
}
