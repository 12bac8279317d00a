import { SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { operations, type Operation } from '../operations.js';
import { requestScope, type RequestScope } from '../request-scope.js';
import { ignore, SpanScope, spanScope, type Spanned } from './span-scope.js';

type EndedOperation = Spanned<Operation> & { readonly error?: unknown };

/** Makes a span for each operation of a sampled request; what the operation causes is below it. */
export function showOperations(tracer: Tracer): void {
  operations.start.bindStore(requestScope, (operation) => begin(tracer, operation));
  operations.subscribe({ start: ignore, end: ignore, asyncStart: ignore, asyncEnd: end, error: ignore });
}

function begin(tracer: Tracer, operation: Spanned<Operation>): RequestScope | undefined {
  const scope = spanScope();
  if (scope === undefined) return undefined;
  operation.span = tracer.startSpan(operation.name, {}, scope.context);
  return new SpanScope(scope.redis, operation.span.spanContext(), true, scope.context);
}

function end({ span, error }: EndedOperation): void {
  if (error !== undefined) {
    const type = error instanceof Error ? error.name : '_OTHER';
    span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, type);
  }
  span?.end();
}
