import { Counter, Gauge, Histogram } from 'prom-client';

export const openStreams = new Gauge({
  name: 'cartwright_cart_streams',
  help: 'Open streams of GET /cart/events on this instance.',
});

export const rejectedStreams = new Counter({
  name: 'cartwright_cart_streams_rejected_total',
  help: 'Streams that were rejected because their user had too many.',
});

export const streamLag = new Histogram({
  name: 'cartwright_cart_stream_lag_seconds',
  help: 'Seconds from the change of a cart until a stream sends it.',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
