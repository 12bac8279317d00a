/** The walk-through cannot go on; the message is one line for the person who runs it. */
export class DemoFailure extends Error {}

/** The API answered with another status than the guide has it. */
export class UnexpectedStatus extends DemoFailure {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** @throws DemoFailure where the API said something else than the guide has it. */
export function expectSame(what: string, actual: string | number | null, expected: string | number): void {
  if (actual === expected) return;
  throw new DemoFailure(`${what} should be ${JSON.stringify(expected)}, but is ${JSON.stringify(actual)}.`);
}
