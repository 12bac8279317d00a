import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { eventually } from '../../../../test/support/eventually.js';
import { RunningRequest } from './running-request.js';

/** More than the buffers of a connection hold. */
const RESPONSE = Buffer.alloc(20_000_000);

let running = 0;
let begun = 0;
let answer: ((response: RunningRequest) => void) | undefined;
let server: Server;
const slots = {
  taken: (): void => {
    running += 1;
    begun += 1;
  },
  freed: (): void => {
    running -= 1;
  },
};
beforeAll(async () => {
  server = createServer((request, response) => {
    const slot = new RunningRequest(slots, response);
    if (request.url === '/never') return;
    answer?.(slot);
    response.end(RESPONSE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  [running, begun] = [0, 0];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A client that sends a request and reads no response. */
function ask(path: string) {
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const socket = connect(port, '127.0.0.1').pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return socket;
}

const counts = async (): Promise<[number, number]> => Promise.resolve([begun, running]);

it('holds its slot until the response is fully written, however slowly the client reads it', async () => {
  const socket = ask('/');
  await eventually(counts, ([begun, running]) => begun === 1 && running === 0);
  expect(socket.destroyed).toBe(false);
  socket.destroy();
});

it('releases its slot when the client disconnects', async () => {
  const socket = ask('/never');
  await eventually(counts, ([, running]) => running === 1);
  socket.destroy();
  await eventually(counts, ([, running]) => running === 0);
});

it('takes a slot only once, and none after it has ended', async () => {
  let slot: RunningRequest | undefined;
  answer = (request) => {
    slot = request;
    request.retake();
    request.release();
    request.release();
    request.retake();
  };
  const socket = ask('/');
  await eventually(counts, ([begun, running]) => begun === 2 && running === 0);
  slot?.retake();
  expect(await counts()).toEqual([2, 0]);
  socket.destroy();
});
