import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace-node';

/** Random ids of spans and traces. The id of the next trace can be seen before its first span begins. */
export class SpanIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private next: string | undefined;

  get nextTraceId(): string {
    return (this.next ??= this.random.generateTraceId());
  }

  generateTraceId(): string {
    const id = this.nextTraceId;
    this.next = undefined;
    return id;
  }

  generateSpanId(): string {
    return this.random.generateSpanId();
  }
}
