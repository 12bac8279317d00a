import fc from 'fast-check';
import { ModelRun } from '../support/cart-model/model-run.js';
import { step } from '../support/cart-model/model-step.js';
import { MAX_LINES } from '../support/cart-model/model-cart.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

/** Steps in all: they end the test, not seconds. `npm run test:long` takes more of them. */
const STEPS = Number(process.env.MODEL_STEPS ?? 3000);
const MAX_STEPS_OF_A_RUN = 100;
/** The clocks of two machines are never the same. */
const SECONDS_AHEAD = 60;
const RUNS_OF_A_SEED = 20;
/** Of the search for a smaller example of a failure. */
const MAX_SHRINKS = 300;
/** A step on a machine that does many other things. */
const SLOW_STEP_MS = 500;

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
    `behave as the model predicts, in ${STEPS} steps and more`,
    async () => {
      let runs = 0;
      let taken = 0;
      let runsSinceFailure: number | undefined;
      const steps = fc.array(step, { minLength: 1, maxLength: MAX_STEPS_OF_A_RUN, size: 'max' });
      const behaves = fc.asyncProperty(steps, async (drawn) => {
        fc.pre((runsSinceFailure ?? 0) < MAX_SHRINKS);
        runs += 1;
        if (runsSinceFailure !== undefined) runsSinceFailure += 1;
        const run = new ModelRun(instances, `run-${runs}`);
        try {
          for (const next of drawn) {
            await run.take(next);
            taken += 1;
          }
        } catch (error) {
          runsSinceFailure ??= 0;
          throw error;
        }
      });
      while (taken < STEPS) {
        await fc.assert(behaves, { numRuns: RUNS_OF_A_SEED });
      }
    },
    Math.max(STEPS, RUNS_OF_A_SEED * MAX_STEPS_OF_A_RUN) * SLOW_STEP_MS,
  );
});
