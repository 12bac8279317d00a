import { setTimeout as delay } from 'node:timers/promises';
import { EventStream } from '../../support/event-stream.js';
import { openLoop } from '../../support/open-loop.js';
import { defineFault, type Fault } from '../fault.js';
import { SingleRedis } from '../redis/single-redis.js';
import { repeatedly } from '../repeatedly.js';

const INVALID_TOKENS_PER_SECOND = 30;
/**
 * For each instance. So many a second that all connections always wait for a response, however fast the instance is, and more
 * connections than the 256 requests that may run and the 1000 that may wait: it stays overloaded until the end.
 */
const OVERLOAD = { aSecond: 20_000, seconds: 10, maxConnections: 2000 };
const STREAMS = 600;
const STREAMS_PER_USER = 5;
const RETRY_MS = 100;

const startRedis = async (): Promise<SingleRedis> => SingleRedis.start();

export const LOAD_FAULTS: readonly Fault[] = [
  defineFault({
    name: 'invalid-tokens',
    title: `${INVALID_TOKENS_PER_SECOND} invalid tokens a second`,
    alert: 'CartwrightAuthenticationFailuresRising',
    startRedis,
    begin: async ({ instances: [{ url }] }) => {
      const sendOne = async (): Promise<unknown> =>
        (await fetch(`${url}/cart`, { headers: { authorization: 'Bearer invalid' } })).arrayBuffer();
      const flood = repeatedly(async () => {
        // Does not wait for the response, as many clients do not wait for each other.
        sendOne().catch(() => undefined);
        await delay(1000 / INVALID_TOKENS_PER_SECOND);
      });
      return Promise.resolve(flood);
    },
  }),
  defineFault({
    name: 'overload',
    title: 'Many more requests than two instances can serve',
    alert: 'CartwrightOverloaded',
    startRedis,
    begin: async ({ instances }) => {
      const crowds = instances.map(({ url }) => repeatedly(async () => openLoop({ url, ...OVERLOAD })));
      return Promise.resolve(async () => Promise.all(crowds.map(async (end) => end())));
    },
  }),
  defineFault({
    name: 'stream-leak',
    title: `Clients open ${STREAMS} streams and do not close them`,
    alert: 'CartwrightStreamsRising',
    startRedis,
    begin: async ({ instances: [{ url }] }) => {
      const streams: EventStream[] = [];
      while (streams.length < STREAMS) {
        const user = `leaking-${streams.length / STREAMS_PER_USER}`;
        const opening = Array.from({ length: STREAMS_PER_USER }, async () => persistentlyOpen(url, user));
        streams.push(...(await Promise.all(opening)));
      }
      return () => {
        for (const stream of streams) stream.close();
      };
    },
  }),
];

/** A stream of a user, opened again if the instance is too busy for it. */
async function persistentlyOpen(url: string, user: string): Promise<EventStream> {
  for (;;) {
    const { stream, status } = await EventStream.attempt(url, user);
    if (status === 200) return stream;
    stream.close();
    await delay(RETRY_MS);
  }
}
