import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import * as z from 'zod';
import type { Config } from './config.js';
import { configParts } from './config-parts.js';
import { ConfigurationError } from './configuration.error.js';
import { findAuthContradictions } from './auth-contradictions.js';
import { findMetricsContradictions } from './metrics-contradictions.js';
import { findRedisContradictions } from './redis-contradictions.js';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variables of this process. Outside production, also those in `.env` that the process does not have. */
export function processEnvironment(): EnvironmentVariables {
  if (process.env.NODE_ENV !== 'production' && existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

/**
 * Reads and validates all parts of the configuration, before anything starts. An empty variable counts as not set.
 * @throws ConfigurationError with all faults at once.
 */
export function loadConfig(variables: EnvironmentVariables = processEnvironment()): Config {
  return loadConfigParts(configParts, variables);
}

/**
 * The same for an app or a script that needs only some parts, such as `{ auth: configParts.auth }`: variables of other parts
 * are neither required nor validated.
 * @throws ConfigurationError with all faults at once.
 */
export function loadConfigParts<Parts extends z.ZodRawShape>(
  parts: Parts,
  variables: EnvironmentVariables = processEnvironment(),
): z.output<z.ZodObject<Parts>> {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = z.object(parts).safeParse(Object.fromEntries(Object.keys(parts).map((name) => [name, given])));
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.slice(1).join('.')} ${message}`) ?? [];
  // Checked on the raw values, so that these faults are reported together with malformed values.
  const contradictions = [
    ...('redis' in parts ? findRedisContradictions(given) : []),
    ...('metrics' in parts ? findMetricsContradictions(given) : []),
    ...('auth' in parts ? findAuthContradictions(given) : []),
  ];
  const faults = [...new Set(malformed), ...contradictions];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return parsed.data;
}
