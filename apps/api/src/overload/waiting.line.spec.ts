import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { WaitingLine } from './waiting.line.js';

let now: number;
let line: WaitingLine;
beforeEach(() => {
  now = 1;
  line = new WaitingLine(() => now);
});

const requestOf = (socket = new Socket()): IncomingMessage => new IncomingMessage(socket);
const join = (request = requestOf()): boolean => line.join(request, new ServerResponse(request));

/** Keeps the line at its length for this long: each request that leaves it is followed by another. */
function stand(milliseconds: number, waitMs: number): void {
  for (const end = now + milliseconds; now < end; now += waitMs) {
    join();
    if (now > 1) line.next();
  }
}

it('accepts a burst of 1000 requests, and no more', () => {
  expect(Array.from({ length: 1000 }, () => join())).not.toContain(false);
  expect(join()).toBe(false);
});

it('releases requests in the order they arrived', () => {
  const requests = [requestOf(), requestOf()];
  for (const request of requests) join(request);
  expect([line.next()?.request, line.next()?.request, line.next()]).toEqual([...requests, undefined]);
  expect(line.isEmpty).toBe(true);
});

it('skips requests whose client has disconnected', () => {
  const gone = new Socket();
  join(requestOf(gone));
  const there = requestOf();
  join(there);
  gone.destroy();
  expect(line.next()?.request).toBe(there);
});

it('accepts none once the line has lasted for a second and its first request has waited for 50 ms', () => {
  stand(1000, 60);
  expect(join()).toBe(false);
});

it('accepts more if the line has lasted for a second but moves quickly', () => {
  stand(1100, 20);
  expect(join()).toBe(true);
});

it('accepts a burst again after a second without rejections', () => {
  stand(1000, 60);
  expect(join()).toBe(false);
  while (!line.isEmpty) line.next();
  now += 1001;
  join();
  now += 60;
  expect(join()).toBe(true);
});
