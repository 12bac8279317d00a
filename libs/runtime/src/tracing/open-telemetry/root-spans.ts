import { ROOT_CONTEXT, SpanKind, TraceFlags, type SpanContext } from '@opentelemetry/api';
import { SamplingDecision, type IdGenerator, type Sampler } from '@opentelemetry/sdk-trace-node';

/** How many are made at once. */
const BATCH = 64;

/** Constants here, because the packages look them up anew each time. */
const { NOT_RECORD } = SamplingDecision;
const { NONE, SAMPLED } = TraceFlags;

/** The span of a request that begins a trace. */
export interface RootSpan {
  readonly ids: SpanContext;
  readonly isSampled: boolean;
}

/**
 * The ids of requests that begin a trace, each with the sampler's decision. They are made ahead in batches: one at a time, between
 * other work, the same functions take several times as long.
 */
export class RootSpans {
  private readonly ahead: RootSpan[] = [];

  /** @param sampler has to decide by trace ids alone. */
  constructor(
    private readonly ids: IdGenerator,
    private readonly sampler: Sampler,
  ) {}

  next(): RootSpan {
    const next = this.ahead.pop();
    if (next !== undefined) return next;
    for (let made = 1; made < BATCH; made += 1) this.ahead.push(this.make());
    return this.make();
  }

  private make(): RootSpan {
    const traceId = this.ids.generateTraceId();
    const { decision } = this.sampler.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.SERVER, {}, []);
    const isSampled = decision !== NOT_RECORD;
    return {
      ids: { traceId, spanId: this.ids.generateSpanId(), traceFlags: isSampled ? SAMPLED : NONE },
      isSampled,
    };
  }
}
