import { once } from 'node:events';
import type { Server } from 'node:http';
import express from 'express';
import supertest from 'supertest';
import { clientAddress } from './client-address.js';

const PEER = '127.0.0.1';
const PROXY = '198.51.100.7';

/** What is found behind one trusted hop, and behind proxies that are known by their addresses. */
const FORWARDED: readonly [forwarded: string | undefined, oneHop: string, byAddress: string][] = [
  [undefined, PEER, PEER],
  ['203.0.113.9', '203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:50000', '203.0.113.9', '203.0.113.9'],
  ['[2001:db8::1]:443', '2001:db8::1', '2001:db8::1'],
  ['::ffff:203.0.113.9', '203.0.113.9', '203.0.113.9'],
  [`203.0.113.9, ${PROXY}`, PROXY, '203.0.113.9'],
  [`203.0.113.9:1,${PROXY}:2`, PROXY, '203.0.113.9'],
  [`192.0.2.1, 203.0.113.9, ${PROXY}`, PROXY, '203.0.113.9'],
  [PROXY, PROXY, PROXY],
  ['unknown', PEER, PEER],
  [`203.0.113.9, unknown, ${PROXY}`, PROXY, PEER],
  ['203.0.113.9,', PEER, PEER],
  ['', PEER, PEER],
  [`${'192.0.2.1,'.repeat(1200)}203.0.113.9`, '203.0.113.9', '203.0.113.9'],
];

async function serve(trustProxy: unknown): Promise<Server> {
  const app = express();
  app.set('trust proxy', trustProxy);
  app.get('/', (request, response) => void response.json(clientAddress(request) ?? null));
  const server = app.listen(0, PEER);
  await once(server, 'listening');
  return server;
}

let direct: Server;
let oneHop: Server;
let byAddress: Server;
beforeAll(async () => {
  [direct, oneHop, byAddress] = [await serve(false), await serve(1), await serve(['loopback', `${PROXY}/32`])];
});
afterAll(() => {
  for (const server of [direct, oneHop, byAddress]) server.close();
});

async function addressAt(server: Server, forwarded: string | undefined): Promise<unknown> {
  const request = supertest(server).get('/');
  return (await (forwarded === undefined ? request : request.set('X-Forwarded-For', forwarded)).expect(200)).body;
}

it.each(FORWARDED)(
  'for %j the client is %s behind one hop and %s behind known proxies',
  async (forwarded, one, known) => {
    expect(await addressAt(oneHop, forwarded)).toBe(one);
    expect(await addressAt(byAddress, forwarded)).toBe(known);
    expect(await addressAt(direct, forwarded)).toBe(PEER);
  },
);
