import type { TracingConfig } from '#config';
import type { RedisNames, Tracing } from './tracing.js';

/**
 * Begins to trace requests. OpenTelemetry is loaded only here, so that it costs nothing without an endpoint.
 * @returns undefined if there is no endpoint to send traces to.
 */
export async function startTracing(config: TracingConfig, names: RedisNames): Promise<Tracing | undefined> {
  if (config.endpoint === undefined) return undefined;
  const { openTelemetry } = await import('./open-telemetry/open-telemetry.js');
  return openTelemetry(config, config.endpoint, names);
}
