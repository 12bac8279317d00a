import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import type { TracingConfig } from '#config';

/** The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` describe. */
export function samplerOf({ sampler, ratio }: TracingConfig): Sampler {
  const root = rootSamplerOf({ sampler, ratio });
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** The sampler of spans that have no parent. */
export function rootSamplerOf({ sampler, ratio }: Pick<TracingConfig, 'sampler' | 'ratio'>): Sampler {
  if (sampler.endsWith('always_on')) return new AlwaysOnSampler();
  if (sampler.endsWith('always_off')) return new AlwaysOffSampler();
  return new TraceIdRatioBasedSampler(ratio);
}
