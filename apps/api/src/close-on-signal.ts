import type { INestApplication } from '@nestjs/common';
import { Drain } from '#health';

/** Drains and closes the application at the first SIGINT or SIGTERM; resolves when it is closed. */
export async function closeOnSignal(app: INestApplication): Promise<void> {
  const signal = await firstSignal();
  await app.get(Drain).run(signal);
  await app.close();
}

/** The listeners stay: a second signal must not end the process in the midst of closing. */
async function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}
