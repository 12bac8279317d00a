import { ApiClient } from './demo/api-client.js';
import { cartOperations } from './demo/cart-operations.js';
import { DemoFailure } from './demo/demo-failure.js';
import { health } from './demo/health.js';
import { Page } from './demo/page.js';
import { productCaching } from './demo/product-caching.js';
import { rateLimiting } from './demo/rate-limiting.js';
import { sessionManagement } from './demo/session-management.js';
import { signIn } from './demo/sign-in.js';

/** `npm run demo`: walks through the guide's core operations against the API that runs at `API_URL`. */

const DEFAULT_URL = 'http://127.0.0.1:8001';

try {
  const { API_URL = '' } = process.env;
  const visitor = new ApiClient(API_URL === '' ? DEFAULT_URL : API_URL);
  const page = new Page(process.stdout);
  const shopper = await signIn(visitor, 'shopper');
  const catalog = await signIn(visitor, 'catalog', ['catalog']);
  const hasty = await signIn(visitor, 'hasty');
  page.line(`Cartwright at ${visitor.url}, visited by ${[shopper, catalog, hasty].map(({ name }) => name).join(', ')}`);

  await cartOperations(shopper.api, page);
  await sessionManagement(shopper.api, page);
  await productCaching(catalog.api, shopper.api, page);
  await rateLimiting(hasty.api, page);
  await health(visitor, page);
  page.blank();
  page.line('Everything answered as the guide has it.');
} catch (error) {
  if (!(error instanceof DemoFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
