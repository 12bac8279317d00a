import { processEnvironment } from '#config';
import { parseCommandLine } from './command-line/command-line.js';
import { ApiClient } from './demo/api-client.js';
import { cartOperations } from './demo/cart-operations.js';
import { DemoFailure } from './demo/demo-failure.js';
import { findApi } from './demo/find-api.js';
import { health } from './demo/health.js';
import { Page } from './demo/page.js';
import { productCaching } from './demo/product-caching.js';
import { rateLimiting } from './demo/rate-limiting.js';
import { sessionManagement } from './demo/session-management.js';
import { signIn } from './demo/sign-in.js';

/** `npm run demo`: shows the guide's core operations with requests to a running API. */

parseCommandLine({
  help: `
Usage: npm run demo

Shows the guide's core operations with requests to a running API: the one at API_URL or, if that is not set, the one that
"npm start" runs in this folder, on whatever port.`,
  options: {},
});

try {
  const visitor = new ApiClient(await findApi(processEnvironment()));
  const page = new Page(process.stdout);
  const shopper = await signIn(visitor, 'shopper');
  const catalog = await signIn(visitor, 'catalog', ['catalog']);
  const hasty = await signIn(visitor, 'hasty');
  const operator = await signIn(visitor, 'operator', ['ops']);
  page.line(
    `Cartwright at ${visitor.url}, with the users ${[shopper, catalog, hasty, operator].map(({ name }) => name).join(', ')}`,
  );

  await cartOperations(shopper.api, page);
  await sessionManagement(shopper.api, page);
  await productCaching(catalog.api, shopper.api, page);
  await rateLimiting(hasty.api, page);
  await health(operator.api, page);
  page.blank();
  page.line('All responses match the guide.');
} catch (error) {
  if (!(error instanceof DemoFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
