import { KeyProvider, providedClaims, providerKey, signWith } from '../support/key-provider.js';
import { ProductOrigin } from '../support/product-origin.js';
import { bearer } from '../support/tokens.js';
import { Instance } from './instance.js';
import { Monitoring } from './monitoring/monitoring.js';
import type { DrillRedis } from './redis/drill-redis.js';
import { Teardown } from './teardown.js';
import { PRODUCT_IDS, Traffic } from './traffic.js';

const SHOPPERS = 50;
/** Short, so that the product origin always has something to do; its products are still served while it is away. */
const PRODUCT_LIFE = { PRODUCT_TTL_SECONDS: '20', PRODUCT_STALE_SECONDS: '3600' };

/** Everything that a deployment has: two instances, Redis, what they depend on, shoppers, and monitoring. */
export class Site {
  private constructor(
    private readonly teardown: Teardown,
    readonly origin: ProductOrigin,
    readonly provider: KeyProvider,
    readonly instances: readonly [Instance, Instance],
    readonly monitoring: Monitoring,
  ) {}

  /** Starts everything around a Redis, which the site stops in the end. */
  static async start(redis: DrillRedis): Promise<Site> {
    const teardown = new Teardown();
    teardown.add(redis);
    return teardown.unlessFailed(async () => Site.startAll(redis, teardown));
  }

  private static async startAll(redis: DrillRedis, teardown: Teardown): Promise<Site> {
    const origin = teardown.add(await startOrigin());
    const provider = teardown.add(await KeyProvider.start());
    const key = await providerKey('ES256', 'of-the-provider');
    provider.keys = [key.publicJwk];
    const environment = {
      ...redis.environment,
      ...PRODUCT_LIFE,
      CATALOG_URL: origin.template,
      JWT_JWKS_URL: provider.keysUrl,
      LOG_REQUESTS: 'off',
    };
    const startInstance = async (): Promise<Instance> => teardown.add(await Instance.start(environment));
    const instances = [await startInstance(), await startInstance()] as const;
    const shoppers = Array.from({ length: SHOPPERS }, async (_, index) => {
      const user = `shopper-${index}`;
      return index % 2 === 0 ? bearer(user) : `Bearer ${await signWith(key, providedClaims(user))}`;
    });
    teardown.add(new Traffic(instances, await Promise.all(shoppers)));
    const metricsPorts = instances.map(({ metricsPort }) => metricsPort);
    const monitoring = teardown.add(await Monitoring.start(metricsPorts, redis.ports));
    return new Site(teardown, origin, provider, instances, monitoring);
  }

  async stop(): Promise<void> {
    await this.teardown.run();
  }
}

async function startOrigin(): Promise<ProductOrigin> {
  const origin = await ProductOrigin.start();
  for (const id of PRODUCT_IDS) origin.products.set(id, { name: `The ${id}`, price: 9.99 });
  return origin;
}
