import { Injectable } from '@nestjs/common';

/** How reads of products were answered since the instance started. */
@Injectable()
export class ProductCacheCounters {
  /** Answered by a copy in this instance's memory, be it of a product or of its absence. */
  localHits = 0;
  redisHits = 0;
  /** Redis had no such product. */
  misses = 0;
}
