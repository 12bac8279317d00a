import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { measured } from '../support/measured.js';
import { freePort, ServiceProcess, type Ending } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { TEST_SECRET } from '../support/tokens.js';

/** From before the program's first line until it listens: by time and, independent of the machine's load, by its output. */
const MOMENTS: readonly (number | RegExp)[] = [
  ...[0, 50, 100, 200, 300, 400, 500, 700],
  /Connected to Redis/,
  /successfully started/,
  /Listening/,
];

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

async function endedAt(
  moment: number | RegExp | Promise<unknown>,
  redisUrl = redis.url,
): Promise<Ending & { readonly output: string; readonly port: number }> {
  const port = await freePort();
  const service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: String(port),
    REDIS_URL: redisUrl,
    JWT_SECRET: TEST_SECRET,
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  if (moment instanceof RegExp) await service.printed(moment);
  else await (typeof moment === 'number' ? delay(moment) : moment);
  return { ...(await service.end('SIGTERM')), output: service.output, port };
}

it('SIGTERM at any moment of the start ends the service with 0 or by the signal, and frees its port', async () => {
  const endings: string[] = [];
  for (const moment of MOMENTS) {
    const { code, signal, output, port } = await endedAt(moment);
    endings.push(code === 0 ? (output.includes('Listening') ? 'drained' : 'not begun') : String(signal));
    expect({ moment, ending: code ?? signal, output }).toEqual({
      moment,
      ending: code === 0 ? 0 : 'SIGTERM',
      // A failed start prints its explanation outside the log.
      output: expect.not.stringMatching(/^(?!\{"level").+$/m),
    });
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  }
  expect(String(await redis.client.client('LIST'))).not.toContain('name=cartwright');
  measured('signal-at-start', { starts: endings.length, endings: endings.join(' ') });
});

it('SIGTERM while the start waits for Redis ends the service with 0, and its port never opens', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const sockets: Socket[] = [];
  silent.on('connection', (socket) => sockets.push(socket));
  try {
    const { code, output } = await endedAt(once(silent, 'connection'), `redis://127.0.0.1:${portOf(silent)}`);
    expect(code).toBe(0);
    expect(output).not.toContain('Listening');
  } finally {
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
