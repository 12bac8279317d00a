import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock } from '#kernel';
import { PRODUCT_PREFIX, RedisInvalidations, type InvalidationFollower } from '#redis';
import { InjectClock } from '#runtime';
import type { CachedProduct } from './domain/cached-product.js';

/** A product as Redis has it; `cached` is undefined if Redis has none. */
export interface ReadProduct {
  readonly productId: string;
  readonly cached: CachedProduct | undefined;
  /** Whether the origin is known to have no such product. */
  readonly isAbsent: boolean;
  /** When Redis drops it; null for never. */
  readonly expiresAt: number | null;
  /** The bytes of its text. */
  readonly bytes: number;
}

/** What an entry takes besides its text, roughly: objects of the product and of the cache. */
const ENTRY_BYTES = 500;

/** A read of Redis that is on its way, with what was changed meanwhile. */
interface Reading {
  readonly changed: Set<string>;
  allChanged: boolean;
}

/**
 * Copies of products, and of their absence, in the memory of this instance. They are kept only while Redis tells of every
 * change, and all dropped if it may not have.
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

  /** The copy of a product; undefined if there is none. */
  get(productId: string): ReadProduct | undefined {
    const copy = this.copies?.get(productId);
    return (copy?.expiresAt ?? Infinity) > this.clock.now() ? copy : undefined;
  }

  /** Reads products from Redis and keeps copies of those that were not changed while they were on their way. */
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

  /** Forgets a product that this instance has just changed: its next reader must not wait for Redis to tell. */
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
