/**
 * A message of the log that brings its fields as JSON: pino takes 1.3 µs to look at the eight of a request's line, twice the
 * time of all else about it. Its own properties are the same fields, for people's eyes.
 */
export abstract class RenderedMessage {
  abstract readonly message: string;

  /** The fields except for the message, as they stand in the JSON of an object. */
  abstract get json(): string;
}
