import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { TracingConfig } from '#config';
import { samplerOf } from './sampler.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

function isSampled(
  sampler: TracingConfig['sampler'],
  ratio: number,
  parent: 'sampled' | 'not sampled' | 'none',
): boolean {
  const traceFlags = parent === 'sampled' ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const span = { traceId: TRACE_ID, spanId: 'b7ad6b7169203331', traceFlags, isRemote: true };
  const context = parent === 'none' ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, span);
  const config = { endpoint: undefined, serviceName: 'test', withIds: false, sampler, ratio };
  const { decision } = samplerOf(config).shouldSample(context, TRACE_ID, 'GET', SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

const DECISIONS: readonly [
  TracingConfig['sampler'],
  number,
  withSampled: boolean,
  withUnsampled: boolean,
  alone: boolean,
][] = [
  ['always_on', 0, true, true, true],
  ['always_off', 1, false, false, false],
  ['traceidratio', 1, true, true, true],
  ['traceidratio', 0, false, false, false],
  ['parentbased_always_on', 0, true, false, true],
  ['parentbased_always_off', 1, true, false, false],
  ['parentbased_traceidratio', 1, true, false, true],
  ['parentbased_traceidratio', 0, true, false, false],
];

it.each(DECISIONS)(
  '%s with %d decides: parent sampled %s, parent not sampled %s, no parent %s',
  (sampler, ratio, ...expected) => {
    const parents = ['sampled', 'not sampled', 'none'] as const;
    expect(parents.map((parent) => isSampled(sampler, ratio, parent))).toEqual(expected);
  },
);
