import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { onCore, OTHER_CORE } from './cores.js';
import type { MeasuredServer } from './measured-server.js';

const SCRIPT = join(import.meta.dirname, 'traffic.lua');
export const CONNECTIONS = 64;

export const MIXES = ['mixed', 'get', 'add', 'count', 'product'] as const;
export type Mix = (typeof MIXES)[number];

const summary = z.object({
  requests: z.number(),
  microseconds: z.number(),
  p50: z.number(),
  p99: z.number(),
  errors: z.number(),
});

/** The results of a server after a few seconds of traffic. Times are in microseconds. */
export interface Run {
  readonly requests: number;
  readonly requestsASecond: number;
  readonly cpuARequest: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Traffic {
  readonly mix: Mix;
  readonly seconds: number;
  /** A file with one token per line. */
  readonly tokens: string;
  /** Mean milliseconds between two requests of a connection; 0 for as fast as the server can. */
  readonly pauseMs?: number;
  /** Whether each request says that it belongs to a sampled trace. */
  readonly isSampled?: boolean;
}

/** The example of W3C Trace Context; 01 is for sampled. */
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/**
 * Sends traffic over 64 connections.
 * @throws Error if a request failed, because the figures would then be meaningless.
 */
export async function drive(server: MeasuredServer, traffic: Traffic): Promise<Run> {
  const { mix, seconds, tokens, pauseMs = 0, isSampled = false } = traffic;
  const wrk = ['wrk', '--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`] as const;
  const [program, ...args] = onCore(OTHER_CORE, [...wrk, '--script', SCRIPT, server.url]);
  const before = server.cpuTime();
  const env = {
    PATH: process.env.PATH,
    TOKENS: tokens,
    MIX: mix,
    PAUSE: String(pauseMs),
    ...(isSampled && { TRACEPARENT }),
  };
  const { stdout } = await promisify(execFile)(program, args, { env });
  const cpu = server.cpuTime() - before;
  const { requests, microseconds, p50, p99, errors } = summary.parse(
    JSON.parse(stdout.trim().split('\n').at(-1) ?? ''),
  );
  if (errors > 0) throw new Error(`${errors} of ${requests} ${mix} requests to ${server.name} failed.`);
  return { requests, requestsASecond: (requests * 1e6) / microseconds, cpuARequest: cpu / requests, p50, p99 };
}
