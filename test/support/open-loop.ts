import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { ROOT } from './root.js';
import { bearer } from './tokens.js';

const USERS = 200;
const REQUESTS = Array.from(
  { length: USERS },
  (_, user) => `GET /cart HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer(`load-${user}`)}\r\n\r\n`,
);

/** Load that does not wait for the service, as that of many independent clients does not. */
export interface LoadPlan {
  /** The service's address, on this machine. */
  readonly url: string;
  readonly aSecond: number;
  readonly seconds: number;
  /** Requests beyond the capacity of this many connections are not sent. */
  readonly maxConnections: number;
}

const outcome = z.object({
  statuses: z.record(z.string(), z.number()),
  unsent: z.number(),
  broken: z.number(),
  unanswered: z.number(),
  goodput: z.number(),
  p50: z.number(),
  p99: z.number(),
});

/** `goodput` is in responses with 200 a second; their times, in milliseconds, count from when the request was due. */
export type LoadOutcome = z.infer<typeof outcome>;

/** Reads carts of many users, from a separate process. */
export async function openLoop({ url, ...load }: LoadPlan): Promise<LoadOutcome> {
  const child = spawn(process.execPath, [join(ROOT, 'test/support/load-generator.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify({ ...load, port: Number(new URL(url).port), requests: REQUESTS }));
  const printed = await text(child.stdout);
  await ended;
  return outcome.parse(JSON.parse(printed));
}
