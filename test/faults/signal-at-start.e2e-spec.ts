import { setTimeout as delay } from 'node:timers/promises';
import { measured } from '../support/measured.js';
import { freePort, ServiceProcess, type Ending } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { TEST_SECRET } from '../support/tokens.js';

/** From before the first line of the program has run until after it listens, on a machine with free cores. */
const MOMENTS = [0, 40, 80, 120, 160, 200, 250, 300, 350, 400, 500, 700];

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

async function endedAfter(milliseconds: number): Promise<Ending & { readonly output: string; readonly port: number }> {
  const port = await freePort();
  const service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: String(port),
    REDIS_URL: redis.url,
    JWT_SECRET: TEST_SECRET,
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  await delay(milliseconds);
  return { ...(await service.end('SIGTERM')), output: service.output, port };
}

it('SIGTERM at any moment of the start ends the service with 0 or by the signal, and its port is free', async () => {
  const endings: string[] = [];
  for (const moment of MOMENTS) {
    const { code, signal, output, port } = await endedAfter(moment);
    endings.push(code === 0 ? (output.includes('Listening') ? 'drained' : 'not begun') : String(signal));
    expect({ moment, ending: code ?? signal, output }).toEqual({
      moment,
      ending: code === 0 ? 0 : 'SIGTERM',
      // A failed start is explained outside of the log.
      output: expect.not.stringMatching(/^(?!\{"level").+$/m),
    });
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  }
  expect(String(await redis.client.client('LIST'))).not.toContain('name=cartwright');
  measured('signal-at-start', { starts: endings.length, endings: endings.join(' ') });
});
