import { ExplainedError } from '#kernel';

/** The faults of the environment, one line each, with the variable and the values that it accepts. */
export class ConfigurationError extends ExplainedError {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
