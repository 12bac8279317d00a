import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#config';
import { FastExpressAdapter } from '#http';
import { PinoLogger, closeOnSignal, firstSignal, hasCome } from '#runtime';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, setupApp } from './app.setup.js';
import { tidyHeap } from './tidy-heap.js';

/** After the first response, and before a load balancer sends anybody. */
const TIDY_DELAY_MS = 1000;

/** A running service. */
export interface Api {
  readonly url: string;
  /** Resolves when a signal has ended the service in good order. */
  readonly closed: Promise<void>;
}

/**
 * Starts the service and listens.
 * @param signal that ends it, for a caller who has started something else before.
 * @returns undefined if the signal came before it listened: then it is closed already, and its port was never open.
 * @throws Error with `code` `EADDRINUSE` where the port is taken.
 */
export async function startApi(config: Config, signal = firstSignal()): Promise<Api | undefined> {
  const logger = new PinoLogger(config.log);
  const options = { ...APP_OPTIONS, logger, abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config),
    new FastExpressAdapter(),
    options,
  );
  setupApp(app, config);
  await app.init();
  if (await hasCome(signal)) {
    await app.close();
    return undefined;
  }
  await app.listen(config.http.port, config.http.host);
  setTimeout(tidyHeap, TIDY_DELAY_MS).unref();
  const url = await app.getUrl();
  logger.log({ message: `Listening on ${url}` }, 'Api');
  // Not before: to close what is about to listen would leave a port open, or fail the start.
  return { url, closed: closeOnSignal(app, signal) };
}
