import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadConfig } from '#config';
import { FastExpressAdapter } from '#http';
import { AppModule } from '../app.module.js';
import { APP_OPTIONS } from '../app.setup.js';
import { createDocument } from '../swagger.js';

/** Turns on every operation that a setting can turn off. */
const ALL_FEATURES = { AUTH_ACCOUNTS: 'true', AUTH_DEV_TOKENS: 'true', AUTH_GUESTS: 'true' };

/** A file has no origin that `/` could belong to, and generated clients take their base URL from here. */
const SERVERS = [{ url: 'http://127.0.0.1:8001', description: 'The service that `npm start` starts' }];

/** The OpenAPI document of a service with all features on, without starting one: nothing connects to Redis. */
export async function describeApi(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(loadConfig({ NODE_ENV: 'development', REDIS_HOST: '127.0.0.1', ...ALL_FEATURES })),
    new FastExpressAdapter(),
    { ...APP_OPTIONS, preview: true, logger: false },
  );
  return { ...createDocument(app), servers: SERVERS };
}
