import type { RedisInvalidations } from '#redis';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { LocalProducts, type ReadProduct } from './local-products.js';

const clock = new ManualClock();
/** Tells of nothing: this test does. */
const SILENT: RedisInvalidations = { follow: () => undefined, close: () => undefined };

/** Copies that follow changes as this test tells them. */
function localProducts(maxEntries = 10, maxBytes = 1_000_000): LocalProducts {
  const config = { ttlSeconds: 3600, origin: undefined, currency: 'USD', local: { maxEntries, maxBytes } };
  const local = new LocalProducts(SILENT, config, clock);
  local.following();
  return local;
}

interface Details {
  readonly price?: number;
  readonly expiresAt?: number | null;
  readonly bytes?: number;
}

function product(productId: string, { price = 1, expiresAt = null, bytes = 100 }: Details = {}): ReadProduct {
  const about = { name: productId, price, currency: 'USD' };
  const cached = { productId, product: about, cachedAt: 0, expiresAt, freshUntil: null };
  return { productId, cached, isAbsent: false, expiresAt, bytes };
}

const keep = async (local: LocalProducts, ...products: ReadProduct[]) =>
  local.keep(async () => Promise.resolve(products));

/** A read that ends when the test says so. */
function pendingRead() {
  let end: (products: ReadProduct[]) => void = () => undefined;
  const read = new Promise<ReadProduct[]>((resolve) => (end = resolve));
  return { read: async () => read, end };
}

describe('a local copy', () => {
  it('is kept for each read, whether or not the product exists', async () => {
    const local = localProducts();
    const none = { productId: 'none', cached: undefined, isAbsent: false, expiresAt: null, bytes: 0 };
    expect(await keep(local, product('a'), none)).toEqual([product('a'), none]);
    expect(local.get('a')).toEqual(product('a'));
    expect(local.get('none')).toEqual(none);
    expect(local.get('unread')).toBeUndefined();
  });

  it('is dropped by a change to it or by a change to everything', async () => {
    const local = localProducts();
    await keep(local, product('a'), product('b'), product('c'));
    local.invalidated(['product:a']);
    expect(local.get('a')).toBeUndefined();
    local.drop('b');
    expect(local.get('b')).toBeUndefined();
    expect(local.get('c')).toBeDefined();
    local.invalidated(undefined);
    expect(local.get('c')).toBeUndefined();
  });

  it.each<[string, (local: LocalProducts) => void]>([
    [
      'a change',
      (local) => {
        local.invalidated(['product:a']);
      },
    ],
    [
      'a change by this instance',
      (local) => {
        local.drop('a');
      },
    ],
    [
      'a change to everything',
      (local) => {
        local.invalidated(undefined);
      },
    ],
    [
      'a loss of the feed',
      (local) => {
        local.lost();
      },
    ],
    [
      'a loss and a return of the feed',
      (local) => {
        local.lost();
        local.following();
      },
    ],
  ])('is not kept from a read overtaken by %s', async (_case, happen) => {
    const local = localProducts();
    const pending = pendingRead();
    const kept = local.keep(pending.read);
    happen(local);
    pending.end([product('a')]);
    expect(await kept).toEqual([product('a')]);
    expect(local.get('a')).toBeUndefined();
  });

  it('is kept from a read overtaken by a change to another product', async () => {
    const local = localProducts();
    const pending = pendingRead();
    const kept = local.keep(pending.read);
    local.invalidated(['product:b']);
    pending.end([product('a'), product('b')]);
    await kept;
    expect([local.get('a'), local.get('b')]).toEqual([product('a'), undefined]);
  });

  it('is not kept from a read that began before the feed was connected', async () => {
    const local = localProducts();
    local.lost();
    const pending = pendingRead();
    const kept = local.keep(pending.read);
    local.following();
    pending.end([product('a')]);
    await kept;
    expect(local.get('a')).toBeUndefined();
  });

  it('is dropped when the feed is lost, and kept again once it is back', async () => {
    const local = localProducts();
    await keep(local, product('a'));
    local.lost();
    expect(local.get('a')).toBeUndefined();
    await keep(local, product('a'));
    expect(local.get('a')).toBeUndefined();
    local.following();
    await keep(local, product('a'));
    expect(local.get('a')).toBeDefined();
  });

  it('is not served after the product has expired', async () => {
    const local = localProducts();
    await keep(local, product('a', { expiresAt: clock.now() + 1000 }));
    expect(local.get('a')).toBeDefined();
    clock.advance(1);
    expect(local.get('a')).toBeUndefined();
  });

  it('is evicted by count and by size, least recently used first', async () => {
    const few = localProducts(2);
    await keep(few, product('a'), product('b'));
    few.get('a');
    await keep(few, product('c'));
    expect(['a', 'b', 'c'].map((id) => few.get(id) !== undefined)).toEqual([true, false, true]);
    const small = localProducts(100, 70_000);
    await keep(small, product('a', { bytes: 40_000 }), product('b', { bytes: 40_000 }));
    expect(['a', 'b'].map((id) => small.get(id) !== undefined)).toEqual([false, true]);
  });

  it('is never kept if copies are disabled', async () => {
    const local = localProducts(0);
    await keep(local, product('a'));
    expect(local.get('a')).toBeUndefined();
  });

  it('is kept again after a failed read', async () => {
    const local = localProducts();
    await expect(local.keep(async () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await keep(local, product('a'));
    expect(local.get('a')).toBeDefined();
  });
});
