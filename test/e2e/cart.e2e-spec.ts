import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

describe('cart', () => {
  let redis: TestRedis;
  let api: TestApp;
  beforeAll(async () => {
    redis = await TestRedis.start();
    api = await startTestApp(redis);
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
  });
  it('answers an empty cart to a user who never had one', async () => {
    const { body } = await api.http.get('/cart').set('Authorization', bearer('nobody')).expect(200);
    expect(body).toEqual({
      user_id: 'nobody', items: [], count: 0, unique_items: 0, unpriced_items: 0, total_price: 0, currency: 'USD',
      version: 0, updated_at: null, expires_at: null,
    });
  });
});
