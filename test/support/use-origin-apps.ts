import { ProductOrigin } from './product-origin.js';
import { startTestApp, type Http, type TestApp } from './test-app.js';
import { TestRedis } from './test-redis.js';
import { bearer } from './tokens.js';

export const READER = bearer('reader');

/** Instances that load products from an origin, once the `beforeAll` of their file has run. */
export class OriginApps {
  redis!: TestRedis;
  origin!: ProductOrigin;
  instances: readonly TestApp[] = [];

  /** The first of the instances. */
  get api(): TestApp {
    const [first] = this.instances;
    if (first === undefined) throw new Error('No instance has started yet.');
    return first;
  }

  get url(): string {
    return this.api.url;
  }

  get(productId: string, http: Http = this.api.http) {
    return http.get(`/cache/product/${encodeURIComponent(productId)}`).set('Authorization', READER);
  }

  timesAsked(productId: string): number {
    return this.origin.asked.filter((path) => path === `/products/${encodeURIComponent(productId)}`).length;
  }
}

/** Starts an origin and this many instances on the file's own Redis, and stops them after its tests. */
export function useOriginApps(count: number, environment: Readonly<Record<string, string>> = {}): OriginApps {
  const apps = new OriginApps();
  beforeAll(async () => {
    apps.redis = await TestRedis.start();
    apps.origin = await ProductOrigin.start();
    const settings = { CATALOG_URL: apps.origin.template, ...environment };
    apps.instances = await Promise.all(Array.from({ length: count }, async () => startTestApp(apps.redis, settings)));
  });
  afterAll(async () => {
    for (const instance of apps.instances) await instance.close();
    await apps.origin.stop();
    await apps.redis.stop();
  });
  afterEach(() => {
    apps.origin.instead = undefined;
    apps.origin.gate = Promise.resolve();
  });
  return apps;
}
