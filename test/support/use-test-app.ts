import type { Redis } from 'ioredis';
import type { EnvironmentVariables } from '#config';
import type { ManualClock } from './manual-clock.js';
import { startTestApp, type Http, type TestApp } from './test-app.js';
import { TestRedis } from './test-redis.js';

/** The application of a test file, once its `beforeAll` has run. */
export interface RunningTestApp {
  readonly http: Http;
  readonly url: string;
  readonly clock: ManualClock;
  readonly server: TestRedis;
  /** A client to inspect the application's Redis. */
  readonly redis: Redis;
}

/** Starts the whole application with its own Redis before the tests of a file, and stops both after them. */
export function useTestApp(environment: EnvironmentVariables = {}): RunningTestApp {
  let server: TestRedis | undefined;
  let api: TestApp | undefined;
  beforeAll(async () => {
    server = await TestRedis.start();
    api = await startTestApp(server, environment);
  });
  afterAll(async () => {
    await api?.close();
    await server?.stop();
  });
  return {
    get http() {
      return required(api).http;
    },
    get url() {
      return required(api).url;
    },
    get clock() {
      return required(api).clock;
    },
    get server() {
      return required(server);
    },
    get redis() {
      return required(server).client;
    },
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The application is only available in tests and hooks.');
  return value;
}
