import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import * as z from 'zod';
import type { Config } from './config.js';
import { configParts } from './config-parts.js';
import { ConfigurationError } from './configuration.error.js';
import { findAuthContradictions } from './auth-contradictions.js';
import { findRedisContradictions } from './redis-contradictions.js';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variables of this process; outside production also those that `.env` holds and the process does not. */
export function processEnvironment(): EnvironmentVariables {
  if (process.env.NODE_ENV !== 'production' && existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

/**
 * Reads and checks all parts of the configuration, before anything starts. An empty variable counts as not set.
 * @throws ConfigurationError with every fault at once.
 */
export function loadConfig(variables: EnvironmentVariables = processEnvironment()): Config {
  return loadConfigParts(configParts, variables);
}

/**
 * The same for an app or a script that needs some parts only, such as `{ auth: configParts.auth }`: variables of the others
 * are neither needed nor checked.
 * @throws ConfigurationError with every fault at once.
 */
export function loadConfigParts<Parts extends z.ZodRawShape>(
  parts: Parts,
  variables: EnvironmentVariables = processEnvironment(),
): z.output<z.ZodObject<Parts>> {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = z.object(parts).safeParse(Object.fromEntries(Object.keys(parts).map((name) => [name, given])));
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.slice(1).join('.')} ${message}`) ?? [];
  // Of the raw values, so that these faults are told together with the malformed ones.
  const contradictions = [
    ...('redis' in parts ? findRedisContradictions(given) : []),
    ...('auth' in parts ? findAuthContradictions(given) : []),
  ];
  const faults = [...new Set(malformed), ...contradictions];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return parsed.data;
}
