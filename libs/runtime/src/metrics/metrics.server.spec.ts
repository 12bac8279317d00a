import { Logger } from '@nestjs/common';
import { MetricsServer } from './metrics.server.js';

const HTTP = { host: '127.0.0.1' };
const on = (port: number): MetricsServer => new MetricsServer({ isOn: true, token: undefined, port }, HTTP);

beforeAll(() => {
  Logger.overrideLogger(false);
});

it('explains that its port is taken, and serves until the shutdown', async () => {
  const first = on(0);
  await first.onApplicationBootstrap();
  const port = first.port ?? 0;
  await expect(on(port).onApplicationBootstrap()).rejects.toThrow(
    new RegExp(`^METRICS_PORT ${port} cannot be used: .*EADDRINUSE`),
  );
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  first.onApplicationShutdown();
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed');
});
