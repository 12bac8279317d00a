import { ExplainedError } from '#kernel';

/** What is wrong with the environment: a line for each fault, naming the variable and what it takes. */
export class ConfigurationError extends ExplainedError {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
