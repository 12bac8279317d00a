import type { ErrorCode } from './error-catalog.js';

/** One rejected field: `field` is its path, such as `product_data.price`. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface DomainErrorOptions {
  /** Details for the log that the client must not see. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  /** Members of the problem in addition to RFC 9457's: details that a program cannot read from the message. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** When a retry makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Whether an operator has to fix something. If so, it is logged as an error, whatever the status. */
  readonly needsOperator?: boolean;
}

/**
 * The base class of every error that a client may see. The message is for the client; context and cause are only for the log.
 * `ERROR_CATALOG` has the HTTP status of each code.
 */
export class DomainError extends Error {
  readonly context: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldError[];
  readonly members: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;
  readonly needsOperator: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.context = options.context ?? {};
    this.fields = options.fields ?? [];
    this.members = options.members ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.needsOperator = options.needsOperator ?? false;
  }
}
