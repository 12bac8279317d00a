/** A failure whose message tells a person at the terminal all there is to know: it is printed without its stack. */
export class ExplainedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
