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

/** Has the line stand for so long: for each request that leaves it another one comes. */
function stand(milliseconds: number, waitMs: number): void {
  for (const end = now + milliseconds; now < end; now += waitMs) {
    join();
    if (now > 1) line.next();
  }
}

it('takes a burst of a thousand, and no more', () => {
  expect(Array.from({ length: 1000 }, () => join())).not.toContain(false);
  expect(join()).toBe(false);
});

it('gives out requests in the order in which they came', () => {
  const requests = [requestOf(), requestOf()];
  for (const request of requests) join(request);
  expect([line.next()?.request, line.next()?.request, line.next()]).toEqual([...requests, undefined]);
  expect(line.isEmpty).toBe(true);
});

it('leaves out those whose client has gone', () => {
  const gone = new Socket();
  join(requestOf(gone));
  const there = requestOf();
  join(there);
  gone.destroy();
  expect(line.next()?.request).toBe(there);
});

it('of a line that has stood for a second, takes none while its first has waited for 50 ms', () => {
  stand(1000, 60);
  expect(join()).toBe(false);
});

it('takes more into a line that stands and moves on quickly', () => {
  stand(1100, 20);
  expect(join()).toBe(true);
});

it('takes a burst again once none was rejected for a second', () => {
  stand(1000, 60);
  expect(join()).toBe(false);
  while (!line.isEmpty) line.next();
  now += 1001;
  join();
  now += 60;
  expect(join()).toBe(true);
});
