import { tracingChannel } from 'node:diagnostics_channel';
import { requestScope } from './request-scope.js';

/** A step of a request that is worth a span of its own. */
export interface Operation {
  readonly name: string;
}

/** Where the operations of sampled requests are published. */
export const operations = tracingChannel<unknown, Operation>('cartwright:operation');

/** Runs an operation; traces show it, and what it causes, under its name. Not async, because each promise costs time. */
export function traced<T>(name: string, run: () => Promise<T>): Promise<T> {
  return requestScope.getStore()?.isSampled === true ? operations.tracePromise(run, { name }) : run();
}
