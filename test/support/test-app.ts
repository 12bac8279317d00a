import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type supertest from 'supertest';
import { loadConfig, type EnvironmentVariables } from '#config';
import { FastExpressAdapter } from '#http';
import { CLOCK, PinoLogger } from '#runtime';
import { AppModule } from '../../apps/api/src/app.module.js';
import { APP_OPTIONS, setupApp } from '../../apps/api/src/app.setup.js';
import { documentedHttp } from './documented-http.js';
import { ManualClock } from './manual-clock.js';
import type { TestRedis } from './test-redis.js';
import { TEST_SECRET } from './tokens.js';

export type Http = ReturnType<typeof supertest>;

/** One instance of the whole application, listening on its own port. */
export interface TestApp {
  readonly app: NestExpressApplication;
  readonly http: Http;
  readonly url: string;
  readonly clock: ManualClock;
  close(): Promise<void>;
}

/**
 * @param environment overrides the defaults of the tests: high rate limits, and timeouts that suit a busy machine.
 * @param clock the clock of another instance, to share the same time.
 */
export async function startTestApp(
  redis: Pick<TestRedis, 'url'> & Partial<Pick<TestRedis, 'environment'>>,
  environment: EnvironmentVariables = {},
  clock = new ManualClock(),
): Promise<TestApp> {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    ...(redis.environment ?? { REDIS_URL: redis.url }),
    REDIS_COMMAND_TIMEOUT_MS: '5000',
    JWT_SECRET: TEST_SECRET,
    AUTH_DEV_TOKENS: 'true',
    RATE_LIMIT_MAX: '1000000',
    RATE_LIMIT_ADDRESS_MAX: '1000000000',
    ...environment,
  });
  const module = await Test.createTestingModule({ imports: [AppModule.forRoot(config)] })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .setLogger(new PinoLogger(config.log))
    .compile();
  const app = module.createNestApplication<NestExpressApplication>(new FastExpressAdapter(), APP_OPTIONS);
  setupApp(app, config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return { app, http: documentedHttp(url, app), url, clock, close: async () => app.close() };
}
