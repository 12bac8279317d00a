import type { INestApplication } from '@nestjs/common';
import { Drain } from './drain.js';

/**
 * Resolves at the next SIGINT or SIGTERM. The listeners stay, so that a second signal does not end the process while it is
 * closing.
 */
export async function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}

/** Whether the signal has already arrived. */
export async function hasCome(signal: Promise<NodeJS.Signals>): Promise<boolean> {
  return (await Promise.race([signal, Promise.resolve(undefined)])) !== undefined;
}

/** Drains and closes the application when the signal arrives. Resolves when it is closed. */
export async function closeOnSignal(app: INestApplication, signal: Promise<NodeJS.Signals>): Promise<void> {
  await app.get(Drain).run(await signal);
  await app.close();
}
