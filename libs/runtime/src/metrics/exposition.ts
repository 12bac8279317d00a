import { register, Registry } from 'prom-client';
import { toOpenMetrics } from './open-metrics.js';

const OPEN_METRICS = 'application/openmetrics-text';

/** All metrics of this process, as the body of a response. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Renders all metrics as Prometheus text 0.0.4 or, for a client that accepts it, as OpenMetrics 1.0.
 * @param accept the request's `Accept` header.
 */
export async function exposeMetrics(accept = ''): Promise<Exposition> {
  const text = await register.metrics();
  return accept.includes(OPEN_METRICS)
    ? { contentType: Registry.OPENMETRICS_CONTENT_TYPE, text: toOpenMetrics(text) }
    : { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text };
}
