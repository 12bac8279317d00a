import { fuzz } from '../fuzz/fuzz-run.js';

/** `npm run fuzz` sends other requests each time; these are always the same, so that a failure can be looked into. */
const SEED = 13;
const REQUESTS = 3000;

// Ten seconds on two free cores, which this file seldom has.
jest.setTimeout(180_000);

it('3,000 requests of all kinds get the documented responses, and leave only documented data in Redis', async () => {
  const report = await fuzz({ seed: SEED, requests: REQUESTS });
  if (!report.isClean) throw new Error(report.toString());
});
