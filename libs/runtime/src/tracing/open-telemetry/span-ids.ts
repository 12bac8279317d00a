import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace-node';

/** Random ids of spans and traces. The id of the next trace can be set before its first span begins. */
export class SpanIds implements IdGenerator {
  /** undefined for a random one. */
  nextTraceId: string | undefined;

  private readonly random = new RandomIdGenerator();

  generateTraceId(): string {
    const id = this.nextTraceId ?? this.random.generateTraceId();
    this.nextTraceId = undefined;
    return id;
  }

  generateSpanId(): string {
    return this.random.generateSpanId();
  }
}
