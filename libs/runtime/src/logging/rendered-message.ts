/**
 * A log message that renders its fields as JSON itself. pino takes 1.3 µs for the eight fields of a request line, twice the
 * time of everything else about it. Its own properties are the same fields, for the log format for people.
 */
export abstract class RenderedMessage {
  abstract readonly message: string;

  /** The fields without the message, as JSON members without braces. */
  abstract get json(): string;
}
