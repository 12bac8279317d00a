import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type Level, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { isoTime } from '#kernel';
import { BatchedOutput } from './batched-output.js';
import { describeError } from './describe-error.js';
import { RenderedMessage } from './rendered-message.js';
import { requestScope } from '../tracing/request-scope.js';

export interface PinoLoggerOptions {
  readonly level: Level | 'silent';
  /** JSON lines for machines, or coloured ones for people. */
  readonly format: 'json' | 'pretty';
}

/**
 * Nest's logger on pino. Callers pass a message, or an object whose `message` becomes the text of the line and whose other
 * fields become fields of the line. The last string is the context, which Nest's `Logger` adds.
 */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;
  /** undefined if the lines are for people. */
  private readonly output: BatchedOutput | undefined;

  constructor({ level, format }: PinoLoggerOptions) {
    const serializers = { err: describeError, message: leaveOut };
    const options = { level, base: null, timestamp: stdTimeFunctions.isoTime, serializers };
    this.output = format === 'json' ? new BatchedOutput() : undefined;
    this.pino = pino(options, this.output ?? pretty({ ignore: 'context', messageFormat, sync: true }));
  }

  log = this.writer('info');
  error = this.writer('error');
  warn = this.writer('warn');
  debug = this.writer('debug');
  verbose = this.writer('trace');
  fatal = this.writer('fatal');

  private writer(asked: Level) {
    return (message: unknown, ...rest: unknown[]): void => {
      const last = rest.at(-1);
      const context = typeof last === 'string' ? last : undefined;
      const level = asked === 'info' && CHATTY.has(context) ? 'debug' : asked;
      if (!this.pino.isLevelEnabled(level)) return;
      if (message instanceof RenderedMessage && this.output !== undefined) {
        this.output.write(lineOf(level, message, context));
        return;
      }
      this.pino[level]({ context, ...requestScope.getStore()?.trace, ...fieldsOf(message) }, textOf(message));
    };
  }
}

/** Parts of Nest that log every module and route at each start. */
const CHATTY: ReadonlySet<unknown> = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

const messageFormat = '{if context}[{context}] {end}{msg}';

/** Left out, because the message's text is the line's `msg`. */
const leaveOut = (): undefined => undefined;

/** The line as pino would write it. Each request has one, and pino needs 0.5 µs for its time. */
function lineOf(level: Level, { message, json }: RenderedMessage, context: unknown): string {
  const time = isoTime(Date.now());
  const head = `{"level":${pino.levels.values[level]},"time":"${time}","context":${JSON.stringify(context)}`;
  return `${head},${json},"msg":${JSON.stringify(message)}}\n`;
}

function textOf(message: unknown): string {
  if (typeof message !== 'object' || message === null) return String(message);
  return 'message' in message ? String(message.message) : '';
}

function fieldsOf(message: unknown): object {
  if (message instanceof Error) return { err: message };
  return typeof message === 'object' && message !== null ? message : {};
}
