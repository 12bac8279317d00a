import { tracingChannel } from 'node:diagnostics_channel';
import { SpanKind, SpanStatusCode, type Attributes, type Tracer } from '@opentelemetry/api';
import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_BATCH_SIZE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_DB_STORED_PROCEDURE_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions';
import type { RedisNames } from '../tracing.js';
import { ignore, spanScope, type Spanned } from './span-scope.js';

/** What ioredis publishes about a command, or about all commands of a `MULTI`. */
interface Command {
  readonly command?: string;
  /** Not usable as they are: for a script they contain all values. */
  readonly args?: readonly string[];
  readonly batchSize?: number;
  readonly database: number;
  readonly serverAddress: string;
  readonly serverPort: number | undefined;
  readonly error?: Error;
}

const IS_EVAL = /^EVAL(SHA)?$/;
/** Redis does not know a script yet and gets its text next. */
const EXPECTED = 'NOSCRIPT';

/** Makes a span for each command that is sent for a sampled request. */
export class RedisSpans {
  /** @param withIds whether spans may contain the keys of commands. */
  constructor(
    private readonly tracer: Tracer,
    private readonly names: RedisNames,
    private readonly withIds: boolean,
  ) {}

  subscribe(): void {
    for (const name of ['ioredis:command', 'ioredis:batch']) {
      tracingChannel<unknown, Spanned<Command>>(name).subscribe({
        start: this.begin.bind(this),
        asyncEnd: this.end.bind(this),
        end: ignore,
        asyncStart: ignore,
        error: ignore,
      });
    }
  }

  private begin(command: Spanned<Command>): void {
    const scope = spanScope();
    if (scope?.isSampled !== true) return;
    const operation = command.command?.toUpperCase() ?? 'MULTI';
    const script = IS_EVAL.test(operation) ? this.names.scriptNameOf(command.args?.[0] ?? '') : undefined;
    const attributes: Attributes = {
      [ATTR_DB_SYSTEM_NAME]: 'redis',
      [ATTR_DB_OPERATION_NAME]: operation,
      [ATTR_DB_NAMESPACE]: String(command.database),
      [ATTR_SERVER_ADDRESS]: command.serverAddress,
      ...(command.serverPort !== undefined && { [ATTR_SERVER_PORT]: command.serverPort }),
      ...(script !== undefined && { [ATTR_DB_STORED_PROCEDURE_NAME]: script }),
      ...(command.batchSize !== undefined && { [ATTR_DB_OPERATION_BATCH_SIZE]: command.batchSize }),
      ...(this.withIds && { [ATTR_DB_QUERY_TEXT]: [operation, ...keysOf(operation, command.args ?? [])].join(' ') }),
    };
    const name = script === undefined ? operation : `${operation} ${script}`;
    command.span = this.tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, scope.context);
  }

  private end({ span, error }: Spanned<Command>): void {
    if (span === undefined) return;
    if (error !== undefined) {
      span.setAttribute(ATTR_ERROR_TYPE, this.names.errorTypeOf(error)).setAttributes(codeOf(error));
      if (!error.message.startsWith(EXPECTED)) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}

/** The keys of a command, without its values. Scripts give the number of their keys. */
function keysOf(operation: string, args: readonly string[]): readonly string[] {
  return IS_EVAL.test(operation) ? args.slice(2, 2 + Number(args[1])) : args.slice(0, 1);
}

/** The first word of an error reply, such as `READONLY`. The rest may quote keys and values. */
function codeOf({ name, message }: Error): Attributes {
  const code = name === 'ReplyError' ? /^[A-Z]{2,20}/.exec(message)?.[0] : undefined;
  return code === undefined ? {} : { [ATTR_DB_RESPONSE_STATUS_CODE]: code };
}
