import { Counter, Gauge } from 'prom-client';
import { SeriesCounter, startAtZero } from '#runtime';

export const productReads = new SeriesCounter({
  name: 'cartwright_product_reads_total',
  help: 'Products that were read, by the layer that had them: local, redis or none (known or found to be missing).',
  labelNames: ['layer'],
});
startAtZero(productReads, ['local', 'redis', 'none']);

export const productLoads = new Counter({
  name: 'cartwright_product_loads_total',
  help: 'Loads of products from the origin by their outcome: ok, absent (the origin has none) or failed.',
  labelNames: ['outcome'] as const,
});
startAtZero(productLoads, ['ok', 'absent', 'failed']);

export const loadWaits = new Counter({
  name: 'cartwright_product_load_waits_total',
  help: 'Reads that waited for a load, by this or another instance.',
});

export const staleProducts = new Counter({
  name: 'cartwright_product_stale_responses_total',
  help: 'Products that were returned although they were due, while a newer one was being loaded.',
});

/** The states of the circuit breaker of the origin. */
export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export const breakerState = new Gauge({
  name: 'cartwright_product_origin_breaker',
  help: '1 for the present state of the circuit breaker of the product origin, 0 for the others.',
  labelNames: ['state'] as const,
});
