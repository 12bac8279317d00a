import { Logger } from '@nestjs/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

type Done = Parameters<SpanExporter['export']>[1];

/** Logs when spans can no longer be exported, and when they can again. Spans of a failed export are lost. */
export class LoggedExporter implements SpanExporter {
  private readonly logger = new Logger('Tracing');
  private isFailing = false;

  constructor(private readonly exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.exporter.export(spans, (result) => {
      this.note(result);
      done(result);
    });
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private note({ error }: Parameters<Done>[0]): void {
    if (error !== undefined && !this.isFailing) {
      this.logger.warn({ message: 'Traces cannot be exported to the collector', err: error });
    } else if (error === undefined && this.isFailing) {
      this.logger.log('Traces are exported again');
    }
    this.isFailing = error !== undefined;
  }
}
