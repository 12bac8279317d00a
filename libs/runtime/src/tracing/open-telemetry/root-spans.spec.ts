import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import { RootSpans, type RootSpan } from './root-spans.js';

/** More than one batch. */
const MANY = 1000;

function manyBy(sampler: Sampler): RootSpan[] {
  const spans = new RootSpans(new RandomIdGenerator(), sampler);
  return Array.from({ length: MANY }, () => spans.next());
}

it('gives each request a trace and a span of its own', () => {
  const spans = manyBy(new AlwaysOnSampler());
  expect(new Set(spans.map(({ ids }) => ids.traceId)).size).toBe(MANY);
  expect(new Set(spans.map(({ ids }) => ids.spanId)).size).toBe(MANY);
});

it.each([
  [new AlwaysOnSampler(), true, 1],
  [new AlwaysOffSampler(), false, 0],
])('has the decision of %s', (sampler, isSampled, traceFlags) => {
  for (const span of manyBy(sampler)) expect(span).toMatchObject({ isSampled, ids: { traceFlags } });
});

it('samples the share of a ratio, by the trace ids', () => {
  const ratio = new TraceIdRatioBasedSampler(0.5);
  const spans = manyBy(ratio);
  const sampled = spans.filter(({ isSampled }) => isSampled);
  // Less likely than one in a million outside of this.
  expect(sampled.length).toBeGreaterThan(400);
  expect(sampled.length).toBeLessThan(600);
  for (const { ids, isSampled } of spans) {
    const again = new RootSpans({ generateTraceId: () => ids.traceId, generateSpanId: () => ids.spanId }, ratio);
    expect(again.next()).toEqual({ ids, isSampled });
  }
});
