import type { LoggerService } from '@nestjs/common';
import { pino, type Level, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { isoTime } from '#kernel';
import { BatchedOutput } from './batched-output.js';
import { describeError } from './describe-error.js';
import { RenderedMessage } from './rendered-message.js';

export interface PinoLoggerOptions {
  readonly level: Level | 'silent';
  /** JSON lines for machines, or coloured ones for people. */
  readonly format: 'json' | 'pretty';
}

/**
 * Nest's logger on pino. Callers pass a message, or an object whose `message` is the line's text and whose other
 * fields become the line's own; the last string is the context, as Nest's `Logger` adds it.
 */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;
  /** Undefined where lines are for people. */
  private readonly output: BatchedOutput | undefined;
  /** One for each context: a line copies nothing of its message, and has its context as text already. */
  private readonly ofContexts = new Map<string, Logger>();

  constructor({ level, format }: PinoLoggerOptions) {
    const serializers = { err: describeError, message: leaveOut };
    const options = { level, base: null, timestamp, serializers };
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
      const context = rest.at(-1);
      const level = asked === 'info' && CHATTY.has(context) ? 'debug' : asked;
      if (!this.pino.isLevelEnabled(level)) return;
      if (message instanceof RenderedMessage && this.output !== undefined) {
        this.output.write(lineOf(level, message, context));
        return;
      }
      this.of(context)[level](fieldsOf(message), textOf(message));
    };
  }

  private of(context: unknown): Logger {
    if (typeof context !== 'string') return this.pino;
    const known = this.ofContexts.get(context);
    if (known !== undefined) return known;
    const logger = this.pino.child({ context });
    this.ofContexts.set(context, logger);
    return logger;
  }
}

/** Parts of Nest that tell of every module and route at each start. */
const CHATTY: ReadonlySet<unknown> = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

const messageFormat = '{if context}[{context}] {end}{msg}';

/** The text of a message is the line's `msg`. */
const leaveOut = (): undefined => undefined;

function timestamp(): string {
  return `,"time":"${isoTime(Date.now())}"`;
}

/** As pino would write it. */
function lineOf(level: Level, { message, json }: RenderedMessage, context: unknown): string {
  const head = `{"level":${pino.levels.values[level]}${timestamp()},"context":${JSON.stringify(context)}`;
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
