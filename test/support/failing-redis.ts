import type { Response } from 'supertest';
import type { EnvironmentVariables } from '#config';
import { eventually } from './eventually.js';
import { RedisProxy } from './redis-proxy.js';
import { startTestApp, type TestApp } from './test-app.js';
import type { RunningTestApp } from './use-test-app.js';

/** More round trips than any request makes. */
const MAX_ROUND_TRIPS = 30;

/** All commands except those that no request waits for: keep-alives, the check for writes, and counters of operations. */
const OF_REQUESTS = /^(?![^]*(?:\r\nping\r\n|health:|metrics:))/i;

/** Starts such services next to another one, sharing its Redis and clock. They end with the test. */
export function useFailingRedis(beside: RunningTestApp): (environment?: EnvironmentVariables) => Promise<FailingRedis> {
  const running: FailingRedis[] = [];
  afterEach(async () => {
    for (const failing of running.splice(0)) await failing.stop();
  });
  return async (environment = {}) => {
    const failing = await FailingRedis.start(beside, environment);
    running.push(failing);
    return failing;
  };
}

/** A service whose connection to Redis breaks in the middle of a request, at a chosen round trip. */
export class FailingRedis {
  private constructor(
    private readonly proxy: RedisProxy,
    readonly app: TestApp,
  ) {}

  static async start(beside: RunningTestApp, environment: EnvironmentVariables): Promise<FailingRedis> {
    const proxy = await RedisProxy.start(beside.server.socket);
    return new FailingRedis(proxy, await startTestApp({ url: proxy.url }, environment, beside.clock));
  }

  /**
   * Sends requests of one kind, each cut off one round trip later than the one before: the first
   * before anything reaches Redis, the next after its first commands have run but before their replies arrive, and so
   * on until a request needs no more round trips than it gets.
   * @param prepare prepares each request; nothing is cut off meanwhile.
   * @param send sends the request.
   * @param check checks what must hold after a request was cut off; Redis is reachable again.
   * @returns the number of requests that were cut off.
   */
  async atEachRoundTrip<T>(
    prepare: (roundTrip: number) => Promise<T>,
    send: (prepared: T) => PromiseLike<Response>,
    check: (prepared: T, interrupted: Response, roundTrip: number) => Promise<void>,
  ): Promise<number> {
    for (let roundTrip = 0; roundTrip < MAX_ROUND_TRIPS; roundTrip += 1) {
      const prepared = await prepare(roundTrip);
      const { response, wasCutOff } = await this.cutOff(roundTrip, async () => send(prepared));
      await this.reconnected();
      if (!wasCutOff) return roundTrip;
      await check(prepared, response, roundTrip);
    }
    throw new Error(`The request makes more than ${MAX_ROUND_TRIPS} round trips.`);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.proxy.stop();
  }

  private async cutOff(roundTrip: number, send: () => Promise<Response>) {
    let wasCutOff = false;
    const held = this.proxy.holdAfter(roundTrip, OF_REQUESTS).then(() => {
      wasCutOff = true;
    });
    const response = send();
    await Promise.race([held, response]);
    this.proxy.drop();
    return { response: await response, wasCutOff };
  }

  private async reconnected(): Promise<void> {
    await eventually(
      async () => (await this.app.http.get('/health/ready')).status,
      (status) => status === 200,
    );
  }
}
