/**
 * Sends requests to a service on this machine at a fixed rate, whether or not earlier ones have a response, and prints the
 * results as one line of JSON. Reads a plan (`LoadPlan` of open-loop.ts) from its standard input.
 */
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const { port, requests, aSecond, seconds, maxConnections } = JSON.parse(await text(process.stdin));
const LAST_RESPONSES_MS = 2000;

const bytes = requests.map((request) => Buffer.from(request));
const statuses = {};
const times = [];
const free = [];
let connections = 0;
let unsent = 0;
let broken = 0;

function open() {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  const connection = { socket, dueAt: undefined, heard: '' };
  connections += 1;
  socket.on('data', (part) => {
    connection.heard += part;
    takeResponse(connection);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    connections -= 1;
    if (connection.dueAt !== undefined) broken += 1;
    const at = free.indexOf(connection);
    if (at >= 0) free.splice(at, 1);
  });
  return connection;
}

function takeResponse(connection) {
  const { heard } = connection;
  const bodyAt = heard.indexOf('\r\n\r\n') + 4;
  if (bodyAt < 4) return;
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(heard.slice(0, bodyAt)) ?? [];
  if (heard.length < bodyAt + Number(length)) return;
  const status = heard.slice(9, 12);
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === '200') times.push(performance.now() - connection.dueAt);
  connection.heard = '';
  connection.dueAt = undefined;
  free.push(connection);
}

const startedAt = performance.now();
const total = aSecond * seconds;
for (let index = 0; index < total;) {
  const due = Math.min(total, ((performance.now() - startedAt) / 1000) * aSecond);
  for (; index < due; index += 1) {
    const connection = free.pop() ?? (connections < maxConnections ? open() : undefined);
    if (connection === undefined) {
      unsent += 1;
      continue;
    }
    connection.dueAt = startedAt + (index / aSecond) * 1000;
    connection.socket.write(bytes[index % bytes.length]);
  }
  await delay(1);
}
const served = times.length;
const servedFor = (performance.now() - startedAt) / 1000;
const deadline = performance.now() + LAST_RESPONSES_MS;
while (free.length < connections && performance.now() < deadline) await delay(10);

times.sort((left, right) => left - right);
const percentile = (percent) => times[Math.ceil((times.length * percent) / 100) - 1] ?? 0;
process.stdout.write(
  `${JSON.stringify({
    statuses,
    unsent,
    broken,
    unanswered: connections - free.length,
    goodput: served / servedFor,
    p50: percentile(50),
    p99: percentile(99),
  })}\n`,
);
process.exit();
