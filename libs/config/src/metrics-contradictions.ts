/** The default of PORT. */
const DEFAULT_PORT = '8001';

/** Finds variables of `/metrics` that are not allowed because of another. */
export function findMetricsContradictions(given: Readonly<Record<string, string | undefined>>): string[] {
  const { METRICS_PORT: metricsPort, PORT: port = DEFAULT_PORT } = given;
  if (metricsPort === undefined || Number(metricsPort) === 0 || Number(metricsPort) !== Number(port)) return [];
  return ['METRICS_PORT must not be the same as PORT: /metrics has it to itself'];
}
