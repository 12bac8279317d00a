import fc from 'fast-check';
import { ModelRun } from '../support/cart-model/model-run.js';
import { step } from '../support/cart-model/model-step.js';
import { MAX_LINES } from '../support/cart-model/model-cart.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

const RUNS = 100;
const MAX_STEPS = 100;
const MIN_STEPS_IN_ALL = 3000;
/** The clocks of two machines are never the same. */
const SECONDS_AHEAD = 60;
/** Ends the search for a smaller example of a failure. */
const TIME_LIMIT_MS = 120_000;

let redis: TestRedis;
let instances: [TestApp, TestApp];
beforeAll(async () => {
  redis = await TestRedis.start();
  // Clocks move further than a checkout lives by default.
  const environment = { CART_MAX_LINES: String(MAX_LINES), CHECKOUT_TTL_SECONDS: '86400' };
  instances = [await startTestApp(redis, environment), await startTestApp(redis, environment)];
  instances[1].clock.advance(SECONDS_AHEAD);
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  await redis.stop();
});

describe('two users and a guest on two instances', () => {
  it(
    `are answered as the model says, by ${MIN_STEPS_IN_ALL} steps and more`,
    async () => {
      let runs = 0;
      let taken = 0;
      const steps = fc.array(step, { minLength: 1, maxLength: MAX_STEPS, size: 'max' });
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
      expect(taken).toBeGreaterThanOrEqual(MIN_STEPS_IN_ALL);
    },
    2 * TIME_LIMIT_MS,
  );
});
