/** A failure whose message is all that a person at the terminal needs. It is printed without its stack. */
export class ExplainedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
