import { setTimeout as delay } from 'node:timers/promises';

/** A response, as seen by its client. */
export interface Seen {
  readonly status: number;
  readonly milliseconds: number;
}

/** Sends requests at a fixed rate for a while, each at its time, whether or not earlier ones have a response. */
export async function pacedRequests(
  aSecond: number,
  seconds: number,
  send: (index: number) => Promise<Response>,
): Promise<Seen[]> {
  const startedAt = performance.now();
  const sent: Promise<Seen>[] = [];
  for (let index = 0; index < aSecond * seconds; index += 1) {
    await delay(Math.max(0, startedAt + (index * 1000) / aSecond - performance.now()));
    sent.push(seen(send(index)));
  }
  return Promise.all(sent);
}

async function seen(pending: Promise<Response>): Promise<Seen> {
  const startedAt = performance.now();
  const response = await pending;
  await response.arrayBuffer();
  return { status: response.status, milliseconds: performance.now() - startedAt };
}

/** The time that `percent` of the responses did not exceed. */
export function percentile(responses: readonly Seen[], percent: number): number {
  const times = responses.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  return times[Math.ceil((times.length * percent) / 100) - 1] ?? 0;
}
