import { createServer } from 'node:http';
import { once } from 'node:events';
import { stayOffServerCore } from './cores.js';
import type { MeasuredServer } from './measured-server.js';
import { benchOptions } from './options.js';
import { startVariant, writeTokens } from './shop.js';
import { spreadOf } from './statistics.js';
import { drive, type Mix } from './traffic.js';
import { inWorkshop } from './workshop.js';

/** `npm run bench:traces`: what traces cost a request in CPU time. The instances are loaded in turns. */

const USERS = 1000;
const COLLECTOR_PORT = 18_110;
const FIRST_PORT = 18_111;
const MIXES: readonly Mix[] = ['add', 'mixed'];

/** The share of requests that is sampled; undefined for no traces. */
const SHARES = [undefined, 0, 0.01, 1] as const;
type Share = (typeof SHARES)[number];

const { quick, node } = benchOptions('bench:traces', 'Measures what traces cost a request in CPU time.');
const [rounds, seconds] = quick ? [3, 2] : [9, 4];

await inWorkshop(async (redis, directory) => {
  stayOffServerCore();
  const collector = createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  }).listen(COLLECTOR_PORT, '127.0.0.1');
  await once(collector, 'listening');
  const tokens = await writeTokens(directory, USERS);
  const servers: MeasuredServer[] = [];
  for (const [index, share] of SHARES.entries()) {
    const variant = { name: nameOf(share), port: FIRST_PORT + index, environment: settingsOf(share) };
    servers.push(await startVariant(variant, node, redis));
  }
  for (const mix of MIXES) await compare(servers, mix, tokens);
  for (const server of servers) await server.stop();
  collector.close();
});

/** Prints CPU time per request, and the median of the ratios to the first server in each round. */
async function compare(servers: readonly MeasuredServer[], mix: Mix, tokens: string): Promise<void> {
  const costs: number[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ofRound: number[] = [];
    for (const server of servers) ofRound.push((await drive(server, { mix, seconds, tokens })).cpuARequest);
    if (round > 0) costs.push(ofRound);
  }
  servers.forEach(({ name }, index) => {
    const cost = spreadOf(costs.map((ofRound) => ofRound[index] ?? NaN)).median;
    const ratio = spreadOf(costs.map((ofRound) => (ofRound[index] ?? NaN) / (ofRound[0] ?? NaN)));
    const change = (factor: number): string => `${((factor - 1) * 100).toFixed(1)} %`;
    const range = `${change(ratio.min)} to ${change(ratio.max)}`;
    process.stdout.write(`${mix}, ${name}: ${cost.toFixed(1)} µs, ${change(ratio.median)} (${range})\n`);
  });
}

function nameOf(share: Share): string {
  return share === undefined ? 'no traces' : `${share * 100} % sampled`;
}

function settingsOf(share: Share): Record<string, string> {
  if (share === undefined) return {};
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${COLLECTOR_PORT}`,
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(share),
  };
}
