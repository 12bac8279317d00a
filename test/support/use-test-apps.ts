import { startTestApp, type TestApp } from './test-app.js';
import { TestRedis } from './test-redis.js';

/** Starts services with their own environments on the file's Redis. They end with the test. */
export function useTestApps(): (environment: Record<string, string>) => Promise<TestApp> {
  const running: TestApp[] = [];
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await TestRedis.start();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.close();
  });
  afterAll(async () => {
    await redis.stop();
  });
  return async (environment) => {
    const app = await startTestApp(redis, environment);
    running.push(app);
    return app;
  };
}
