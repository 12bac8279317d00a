import type { LoggerService } from '@nestjs/common';
import { destination, pino, stdTimeFunctions, type Level, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { describeError } from './describe-error.js';

export interface PinoLoggerOptions {
  readonly level: Level | 'silent';
  /** JSON lines for machines, or coloured ones for people. */
  readonly format: 'json' | 'pretty';
}

/**
 * Lines are written by several at once, at the latest after 100 ms and when the process ends: a system call for each line
 * took a twentieth of all CPU time. Where nobody reads them, the latest are dropped beyond 4 MiB, not the service.
 */
const OUTPUT = { dest: 1, sync: false, minLength: 4096, periodicFlush: 100, maxLength: 4 * 1024 * 1024 };

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
      format === 'json'
        ? pino(options, destination(OUTPUT))
        : pino(options, pretty({ ignore: 'context', messageFormat, sync: true }));
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
