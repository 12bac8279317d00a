import { CartClient, LAPTOP } from '../support/cart-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** Two instances of the application on one Redis. */
let redis: TestRedis;
let instances: [TestApp, TestApp];

beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

async function startTwo(environment: Record<string, string> = {}): Promise<void> {
  instances = [await startTestApp(redis, environment), await startTestApp(redis, environment)];
}

afterEach(async () => {
  await Promise.all(instances.map((instance) => instance.close()));
});

const times = <T>(count: number, action: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => action(index));
const instanceOf = (index: number): TestApp => instances[index % 2 === 0 ? 0 : 1];

describe('concurrent requests', () => {
  it('200 adds of 1 to one line through one instance add up to 200', async () => {
    await startTwo();
    const cart = new CartClient(instances[0].http, 'parallel');
    const answers = await Promise.all(times(200, () => cart.add('laptop', 1, LAPTOP)));
    expect(answers.map(({ status }) => status)).toEqual(times(200, () => 200));
    expect(new Set(answers.map(({ body }) => body.version))).toEqual(new Set(times(200, (index) => index + 1)));
    const { body } = await cart.get();
    expect(body).toMatchObject({ count: 200, total_price: 19998, version: 200 });
  });

  it('adds through two instances are exact, and never exceed the limit of 1000', async () => {
    await startTwo();
    const answers = await Promise.all(
      times(300, (index) => new CartClient(instanceOf(index).http, 'shared').add('laptop', 4, LAPTOP)),
    );
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(50);
    const { body } = await new CartClient(instances[1].http, 'shared').get();
    expect(body).toMatchObject({ count: 1000, version: 250 });
  });

  it('updates, removals and adds of different lines are not lost', async () => {
    await startTwo();
    await Promise.all(times(100, (index) => new CartClient(instanceOf(index).http, 'lines').add(`p-${index}`, 2)));
    await Promise.all(
      times(100, (index) => {
        const cart = new CartClient(instanceOf(index).http, 'lines');
        return index % 2 === 0 ? cart.update(`p-${index}`, 5) : cart.remove(`p-${index}`);
      }),
    );
    const { body } = await new CartClient(instances[0].http, 'lines').get();
    expect(body).toMatchObject({ count: 250, unique_items: 50, version: 200 });
  });

  it('adds, batches, saves and restores of one product lose no item', async () => {
    await startTwo();
    const answers = await Promise.all(
      times(200, (index) => {
        const cart = new CartClient(instanceOf(index).http, 'mixed');
        if (index % 5 === 0) return cart.save('laptop');
        if (index % 5 === 1) return cart.restore('laptop');
        if (index % 5 === 2) return cart.batch({ op: 'add', product_id: 'laptop', quantity: 2 });
        return cart.add('laptop');
      }),
    );
    expect(answers.every(({ status }, index) => status === 200 || (status === 404 && index % 5 < 2))).toBe(true);
    const { body } = await new CartClient(instances[0].http, 'mixed').get();
    const lines: { quantity: number }[] = [...body.items, ...body.saved_items];
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(160);
    expect(body.version).toBe(answers.filter(({ status }) => status === 200).length);
  });
});

describe('the rate limit', () => {
  it('is shared by both instances and all endpoints: 100 requests pass, the rest are rejected', async () => {
    await startTwo({ RATE_LIMIT_MAX: '100' });
    const paths = ['/cart', '/cart/count', '/cache/product/none', '/session/none'];
    const answers = await Promise.all(
      times(160, (index) =>
        instanceOf(index)
          .http.get(String(paths[index % paths.length]))
          .set('Authorization', bearer('busy')),
      ),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(60);
    expect(await redis.client.get('rate_limit:busy')).toBe('160');
    await instances[0].http.get('/cart').set('Authorization', bearer('someone-else')).expect(200);
  });
});
