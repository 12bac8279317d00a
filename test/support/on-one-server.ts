import { chosenShape } from './redis-shape.js';

/** Explains why a test of behaviour that differs in a cluster is skipped. */
const nameOf = (name: string, reason: string): string => `${name} (skipped: in a cluster ${reason})`;

/**
 * A test that `npm run test:redis -- cluster` skips.
 * @param reason what a cluster does differently.
 */
export function itOnOneServer(reason: string, name: string, test: () => Promise<void>): void {
  if (chosenShape() === 'cluster') it.skip(nameOf(name, reason), test);
  else it(name, test);
}

/** The same for several tests. */
export function describeOnOneServer(reason: string, name: string, tests: () => void): void {
  if (chosenShape() === 'cluster') describe.skip(nameOf(name, reason), tests);
  else describe(name, tests);
}
