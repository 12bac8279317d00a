import type { ErrorCode } from './error-code.js';

/** One rejected field: `field` is its path, such as `product_data.price`. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface DomainErrorOptions {
  /** What the log needs to know and the caller does not. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  /** Members of the problem besides RFC 9457's, for the caller: what a message alone could not tell a program. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** When it makes sense to try again; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Whether an operator has to mend something: the log has it as an error, whatever the status. */
  readonly needsOperator?: boolean;
}

/**
 * The root of every error that a caller may see. The message is written for the caller; context and cause go to the
 * log alone. The HTTP status is not known here: `problem-catalog.ts` decides it at the edge.
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
