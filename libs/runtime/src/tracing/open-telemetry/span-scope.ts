import { trace, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import type { RedisTime } from '../redis-time.js';
import { requestScope, type RequestScope, type TraceIds } from '../request-scope.js';

/** A scope in which spans have a parent. */
export class SpanScope implements RequestScope {
  private made: Context | undefined;

  /**
   * @param span the parent of these spans.
   * @param outer the context of that span's own parent.
   */
  constructor(
    readonly redis: RedisTime,
    private readonly span: SpanContext,
    readonly isSampled: boolean,
    private readonly outer: Context,
  ) {}

  /** Made when it is needed: most requests are not sampled, and make no spans. */
  get context(): Context {
    return (this.made ??= trace.setSpanContext(this.outer, this.span));
  }

  get trace(): TraceIds {
    return { trace_id: this.span.traceId, span_id: this.span.spanId };
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
