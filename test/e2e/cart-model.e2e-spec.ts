import fc from 'fast-check';
import { ModelRun } from '../support/cart-model/model-run.js';
import { step } from '../support/cart-model/model-step.js';
import { MAX_LINES } from '../support/cart-model/model-cart.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

const RUNS = 32;
const STEPS = 100;
/** Ends the search for a smaller example of a failure. */
const TIME_LIMIT_MS = 180_000;

let redis: TestRedis;
let instances: [TestApp, TestApp];
beforeAll(async () => {
  redis = await TestRedis.start();
  // Clocks move further than an hour in the course of all runs.
  const environment = {
    CART_MAX_LINES: String(MAX_LINES),
    CHECKOUT_TTL_SECONDS: '86400',
    PRODUCT_TTL_SECONDS: '86400',
  };
  instances = [await startTestApp(redis, environment), await startTestApp(redis, environment)];
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  await redis.stop();
});

describe('two users and a guest on two instances', () => {
  it(
    `are answered as the model says, by ${RUNS * STEPS} steps`,
    async () => {
      let runs = 0;
      let taken = 0;
      const steps = fc.array(step, { minLength: STEPS, maxLength: STEPS });
      await fc.assert(
        fc.asyncProperty(steps, async (drawn) => {
          runs += 1;
          const run = new ModelRun(instances, `run-${runs}`);
          for (const next of drawn) {
            await run.take(next);
            taken += 1;
          }
        }),
        { numRuns: RUNS, interruptAfterTimeLimit: TIME_LIMIT_MS },
      );
      expect(taken).toBe(RUNS * STEPS);
    },
    2 * TIME_LIMIT_MS,
  );
});
