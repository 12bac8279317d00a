import { trace, type Context, type Span } from '@opentelemetry/api';
import type { RedisTime } from '../redis-time.js';
import { requestScope, type RequestScope, type TraceIds } from '../request-scope.js';

/** A scope in which spans have a parent. */
export class SpanScope implements RequestScope {
  readonly context: Context;
  readonly trace: TraceIds;

  /** @param parent the context of the span's parent. */
  constructor(
    readonly redis: RedisTime,
    readonly span: Span,
    readonly isSampled: boolean,
    parent: Context,
  ) {
    const { traceId, spanId } = span.spanContext();
    this.context = trace.setSpan(parent, span);
    this.trace = { trace_id: traceId, span_id: spanId };
  }
}

/** The current scope; undefined outside traced requests. */
export function spanScope(): SpanScope | undefined {
  const scope = requestScope.getStore();
  return scope instanceof SpanScope ? scope : undefined;
}

/** What a channel publishes, with the span that shows it. The channels pass the same object from start to end. */
export type Spanned<Message> = Message & { span?: Span };

/** Subscribers of a channel must exist for every event. */
export const ignore = (): void => undefined;
