import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { VERSION, type TracingConfig } from '#config';
import type { RedisNames, Tracing } from '../tracing.js';
import { ClientSpans } from './client-spans.js';
import { LoggedExporter } from './logged.exporter.js';
import { showOperations } from './operation-spans.js';
import { RedisSpans } from './redis-spans.js';
import { RootSpans } from './root-spans.js';
import { rootSamplerOf, samplerOf } from './sampler.js';
import { ServerSpans } from './server-spans.js';
import { SpanIds } from './span-ids.js';

const LAST_EXPORT_MS = 2000;

/** Subscribes to the diagnostics channels of Node and of the libraries, and exports what they publish as spans. */
export function openTelemetry(config: TracingConfig, endpoint: URL, names: RedisNames): Tracing {
  const ids = new SpanIds();
  const provider = providerOf(config, endpoint, ids);
  const tracer = provider.getTracer('cartwright', VERSION);
  const propagator = new W3CTraceContextPropagator();
  new ServerSpans(tracer, propagator, new RootSpans(ids, rootSamplerOf(config)), ids, config.withIds).subscribe();
  new ClientSpans(tracer, propagator, config.withIds).subscribe();
  new RedisSpans(tracer, names, config.withIds).subscribe();
  showOperations(tracer);
  return {
    stop: async () => {
      await Promise.race([provider.shutdown().catch(() => undefined), delay(LAST_EXPORT_MS)]);
    },
  };
}

function providerOf(config: TracingConfig, endpoint: URL, idGenerator: SpanIds): NodeTracerProvider {
  const exporter = new OTLPTraceExporter({ url: endpoint.href });
  const resource = defaultResource()
    .merge(
      resourceFromAttributes({
        [ATTR_SERVICE_NAME]: config.serviceName,
        [ATTR_SERVICE_VERSION]: VERSION,
        [ATTR_SERVICE_INSTANCE_ID]: randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));
  return new NodeTracerProvider({
    resource,
    idGenerator,
    sampler: samplerOf(config),
    spanProcessors: [new BatchSpanProcessor(new LoggedExporter(exporter))],
  });
}
