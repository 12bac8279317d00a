import { Counter, Gauge } from 'prom-client';

export const overloadRejections = new Counter({
  name: 'cartwright_overload_rejections_total',
  help: 'Requests that were rejected with 503 overloaded before any work was done for them.',
});

export const requestSlots = new Gauge({
  name: 'cartwright_request_slots',
  help: 'Slots for requests: limit (how many may run at once now), running, and waiting for one.',
  labelNames: ['slots'] as const,
});
