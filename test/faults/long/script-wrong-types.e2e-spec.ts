import { expectCarriedOutOnce, KEYED_WRITES, preparedWrite, stateOfCart } from '../../support/keyed-writes.js';
import { expectProblem } from '../../support/problems.js';
import { useTestApp } from '../../support/use-test-app.js';

const api = useTestApp();
const KEYS = ['cart:%', '{cart:%}:meta', '{cart:%}:saved', '{cart:%}:checkouts', '{cart:%}:idem', '{cart:%}:idem:k'];

describe.each(Object.entries(KEYED_WRITES))('%s with a key', (name, write) => {
  it.each(KEYS)('is all or nothing if %s is a list, and is applied once when the list is gone', async (pattern) => {
    const userId = `list-${name}-${KEYS.indexOf(pattern)}`;
    const prepared = await preparedWrite(api, userId, write);
    const key = pattern.replace('%', userId);
    const kept = (await api.redis.exists(key)) === 1 ? await api.redis.dumpBuffer(key) : undefined;
    await api.redis.del(key);
    await api.redis.rpush(key, 'foreign');
    const before = await stateOfCart(api.redis, userId);
    const response = await prepared.send();
    if (response.ok) return;
    expectProblem(response, 'foreign_data');
    // A merge cancels the offer that it could not apply, and records that.
    if (name !== 'merge') expect(await stateOfCart(api.redis, userId)).toEqual(before);
    await api.redis.del(key);
    if (kept !== undefined) await api.redis.restore(key, 0, kept);
    await expectCarriedOutOnce(api.redis, prepared);
  });
});
