import type { INestApplication } from '@nestjs/common';
import { Drain } from './drain.js';

/**
 * Resolves with the first SIGINT or SIGTERM from now on. The listeners stay: a second signal must not end the process
 * in the midst of closing.
 */
export async function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}

/** Whether the signal has come already. */
export async function hasCome(signal: Promise<NodeJS.Signals>): Promise<boolean> {
  return (await Promise.race([signal, Promise.resolve(undefined)])) !== undefined;
}

/** Drains and closes the application when the signal comes; resolves when it is closed. */
export async function closeOnSignal(app: INestApplication, signal: Promise<NodeJS.Signals>): Promise<void> {
  await app.get(Drain).run(await signal);
  await app.close();
}
