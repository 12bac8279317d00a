import { TestRedis } from '../../../test/support/test-redis.js';
import { EventSearch } from './event-search.store.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

/** Entries of more than one page, which both users have. */
const ENTRIES = 1200;

it('a visit that fails ends its own search, not those of other users that share its pages', async () => {
  const adding = redis.client.pipeline();
  for (let entry = 0; entry < ENTRIES; entry += 1) adding.xadd('events:cart', '*', 'user', entry % 2 ? 'anna' : 'ben');
  await adding.exec();
  const search = new EventSearch(redis.client);
  const failure = new Error('The disk is full');
  let failed = 0;
  let visited = 0;

  // The first search begins at once, so the next two wait, and share one.
  const first = search.visitAll('carol', async () => Promise.resolve());
  const anna = search.visitAll('anna', async () => {
    failed += 1;
    return Promise.reject(failure);
  });
  const ben = search.visitAll('ben', async (entries) => {
    visited += entries.length;
    return Promise.resolve();
  });

  await expect(anna).rejects.toBe(failure);
  await first;
  await ben;
  expect({ failed, visited }).toEqual({ failed: 1, visited: ENTRIES / 2 });
});
