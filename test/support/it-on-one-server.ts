import { chosenShape } from './redis-shape.js';

/**
 * A test of what a cluster does in another way: `npm run test:redis -- cluster` skips it, with a name that says why.
 * @param reason what differs there.
 */
export function itOnOneServer(reason: string, name: string, test: () => Promise<void>): void {
  if (chosenShape() === 'cluster') it.skip(`${name} (skipped: in a cluster ${reason})`, test);
  else it(name, test);
}
