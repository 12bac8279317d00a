import { configParts } from './config-parts.js';
import { loadConfigParts } from './load-config.js';

const ENDPOINT = 'http://collector:4318';

const endpointOf = (variables: Record<string, string>): string | undefined =>
  loadConfigParts({ tracing: configParts.tracing }, variables).tracing.endpoint?.href;

it.each<[variables: Record<string, string>, sendsTo: string | undefined]>([
  [{}, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, `${ENDPOINT}/v1/traces`],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: `${ENDPOINT}/otlp/` }, `${ENDPOINT}/otlp/v1/traces`],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${ENDPOINT}/spans` }, `${ENDPOINT}/spans`],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://tempo:1' }, 'http://tempo:1/'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'otlp' }, `${ENDPOINT}/v1/traces`],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'false' }, `${ENDPOINT}/v1/traces`],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }, undefined],
])('with %j, spans are sent to %s', (variables, sendsTo) => {
  expect(endpointOf(variables)).toBe(sendsTo);
});
