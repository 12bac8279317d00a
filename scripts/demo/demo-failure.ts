/** The demo cannot continue. The message is one line for the person who runs it. */
export class DemoFailure extends Error {}

/** The API responded with a status that differs from the guide. */
export class UnexpectedStatus extends DemoFailure {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** @throws DemoFailure if the response differs from what the guide documents. */
export function expectSame(what: string, actual: string | number | null, expected: string | number): void {
  if (actual === expected) return;
  throw new DemoFailure(`${what} should be ${JSON.stringify(expected)}, but is ${JSON.stringify(actual)}.`);
}
