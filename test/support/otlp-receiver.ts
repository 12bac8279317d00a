import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { LoopbackServer } from './loopback-server.js';

const value = z
  .object({
    stringValue: z.string(),
    intValue: z.union([z.number(), z.string()]).transform(Number),
    doubleValue: z.number(),
    boolValue: z.boolean(),
  })
  .partial()
  .transform(
    ({ stringValue, intValue, doubleValue, boolValue }) => stringValue ?? intValue ?? doubleValue ?? boolValue,
  );
const attributes = z
  .array(z.object({ key: z.string(), value }))
  .default([])
  .transform((entries) => Object.fromEntries(entries.map((entry) => [entry.key, entry.value])));
const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  status: z.object({ code: z.number().optional() }).default({}),
});
const request = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});

/** A span as it was exported. */
export type ReceivedSpan = z.output<typeof span>;

/** The numbers of OTLP. */
export const SPAN_KIND = { internal: 1, server: 2, client: 3 } as const;
export const STATUS_ERROR = 2;

/** A collector of OpenTelemetry: takes OTLP over HTTP with JSON, and keeps the spans. */
export class OtlpReceiver extends LoopbackServer {
  readonly spans: ReceivedSpan[] = [];
  /** The attributes of the resource that was exported last. */
  resource: Readonly<Record<string, unknown>> = {};
  /** The path of the last export. */
  path: string | undefined;
  /** The status that it responds with. */
  status = 200;

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    await receiver.listen();
    return receiver;
  }

  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get endpoint(): string {
    return this.url;
  }

  protected respond(incoming: IncomingMessage, response: ServerResponse): void {
    void json(incoming).then((body) => {
      if (this.status === 200) this.keep(request.parse(body));
      this.path = incoming.url;
      response.writeHead(this.status, { 'Content-Type': 'application/json' });
      response.end('{}');
    });
  }

  private keep({ resourceSpans }: z.output<typeof request>): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      this.resource = resource.attributes;
      this.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
    }
  }
}
