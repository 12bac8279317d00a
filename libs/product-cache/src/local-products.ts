import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock } from '#kernel';
import { PRODUCT_PREFIX, RedisInvalidations, type InvalidationFollower } from '#redis';
import { InjectClock } from '#runtime';
import type { CachedProduct } from './domain/cached-product.js';

/** A product as read from Redis; `cached` is undefined if Redis has none. */
export interface ReadProduct {
  readonly productId: string;
  readonly cached: CachedProduct | undefined;
  /** Whether the origin is known to have no such product. */
  readonly isAbsent: boolean;
  /** When it expires in Redis; null for never. */
  readonly expiresAt: number | null;
  /** The size of its text in bytes. */
  readonly bytes: number;
}

/** The approximate size of an entry without its text: objects of the product and of the cache. */
const ENTRY_BYTES = 500;

/** A read of Redis in progress, with the products that changed meanwhile. */
interface Reading {
  readonly changed: Set<string>;
  allChanged: boolean;
}

/**
 * Copies of products, and of their absence, in this instance's memory. They are kept only while Redis reports every change, and
 * all are dropped if a report may have been missed.
 */
@Injectable()
export class LocalProducts implements InvalidationFollower, OnModuleInit {
  private readonly copies: LRUCache<string, ReadProduct> | undefined;
  private readonly readings = new Set<Reading>();
  private isFollowing = false;

  constructor(
    private readonly invalidations: RedisInvalidations,
    @InjectConfig('productCache') { local }: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {
    if (local.maxEntries === 0) return;
    this.copies = new LRUCache({
      max: local.maxEntries,
      maxSize: local.maxBytes,
      sizeCalculation: ({ productId, bytes }) => ENTRY_BYTES + productId.length + bytes,
    });
  }

  onModuleInit(): void {
    if (this.copies !== undefined) this.invalidations.follow(PRODUCT_PREFIX, this);
  }

  /** The copy of a product; undefined if there is none, or if it has expired `now`. */
  get(productId: string, now = this.clock.now()): ReadProduct | undefined {
    const copy = this.copies?.get(productId);
    return (copy?.expiresAt ?? Infinity) > now ? copy : undefined;
  }

  /** Reads products from Redis and keeps copies of those that did not change during the read. */
  async keep(read: () => Promise<readonly ReadProduct[]>): Promise<readonly ReadProduct[]> {
    const reading: Reading = { changed: new Set(), allChanged: !this.isFollowing };
    this.readings.add(reading);
    try {
      const products = await read();
      for (const product of reading.allChanged ? [] : products) {
        if (!reading.changed.has(product.productId)) this.copies?.set(product.productId, product);
      }
      return products;
    } finally {
      this.readings.delete(reading);
    }
  }

  /**
   * Drops the copy of a product that this instance has just changed, so that its next reader does not depend on Redis's report.
   */
  drop(productId: string): void {
    this.copies?.delete(productId);
    for (const { changed } of this.readings) changed.add(productId);
  }

  following(): void {
    this.isFollowing = true;
  }

  lost(): void {
    this.isFollowing = false;
    this.dropAll();
  }

  invalidated(names: readonly string[] | undefined): void {
    if (names === undefined) this.dropAll();
    else for (const name of names) this.drop(name.slice(PRODUCT_PREFIX.length));
  }

  private dropAll(): void {
    this.copies?.clear();
    for (const reading of this.readings) reading.allChanged = true;
  }
}
