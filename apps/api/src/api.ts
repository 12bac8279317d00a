import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { findMisspeltVariables, type Config } from '#config';
import { FastExpressAdapter } from '#http';
import { errorTypeOf, scriptNameOf } from '#redis';
import { PinoLogger, closeOnSignal, firstSignal, hasCome, startTracing } from '#runtime';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, setupApp } from './app.setup.js';
import { tidyHeap } from './tidy-heap.js';

/** After the first response, but before a load balancer sends requests. */
const TIDY_DELAY_MS = 1000;

/** A running service. */
export interface Api {
  readonly url: string;
  /** Resolves when a signal has shut the service down gracefully. */
  readonly closed: Promise<void>;
}

/**
 * Starts the service and listens.
 * @param signal the signal that ends it, for callers that started something else before.
 * @returns undefined if the signal arrived before the service listened: then it is already closed, and its port was never open.
 * @throws Error with `code` `EADDRINUSE` if the port is taken.
 */
export async function startApi(config: Config, signal = firstSignal()): Promise<Api | undefined> {
  const tracing = await startTracing(config.tracing, { scriptNameOf, errorTypeOf });
  const logger = new PinoLogger(config.log);
  const options = { ...APP_OPTIONS, logger, abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config),
    new FastExpressAdapter(),
    options,
  );
  for (const warning of findMisspeltVariables()) logger.warn(warning, 'Config');
  setupApp(app, config);
  await app.init();
  if (await hasCome(signal)) {
    await app.close();
    await tracing?.stop();
    return undefined;
  }
  await app.listen(config.http.port, config.http.host);
  setTimeout(tidyHeap, TIDY_DELAY_MS).unref();
  const url = await app.getUrl();
  logger.log({ message: `Listening on ${url}` }, 'Api');
  // Not earlier, because closing an application that is about to listen would leave a port open, or fail the start.
  return { url, closed: closeOnSignal(app, signal).then(async () => tracing?.stop()) };
}
