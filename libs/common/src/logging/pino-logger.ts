import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type Level, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { describeError } from './describe-error.js';

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

  constructor({ level, format }: PinoLoggerOptions) {
    const serializers = { err: describeError };
    const options = { level, base: null, timestamp: stdTimeFunctions.isoTime, serializers };
    this.pino =
      format === 'json' ? pino(options) : pino(options, pretty({ ignore: 'context', messageFormat, sync: true }));
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
      this.pino[level]({ ...fieldsOf(message), ...(typeof context === 'string' && { context }) });
    };
  }
}

/** Parts of Nest that tell of every module and route at each start. */
const CHATTY: ReadonlySet<unknown> = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

const messageFormat = '{if context}[{context}] {end}{msg}';

function fieldsOf(message: unknown): object {
  if (message instanceof Error) return { msg: message.message, err: message };
  if (typeof message !== 'object' || message === null) return { msg: String(message) };
  const { message: msg, ...fields }: { message?: unknown } = message;
  return { msg, ...fields };
}
