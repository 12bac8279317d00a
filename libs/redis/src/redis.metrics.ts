import { Counter, Gauge } from 'prom-client';
import { SeriesHistogram } from '#runtime';

/** https://opentelemetry.io/docs/specs/semconv/db/redis/ has the name and the labels; the buckets are for Redis. */
export const commandDuration = new SeriesHistogram({
  name: 'db_client_operation_duration_seconds',
  help: 'Seconds from a Redis command to its reply or failure, by command, script and kind of error.',
  labelNames: ['db_system_name', 'db_operation_name', 'db_stored_procedure_name', 'error_type'] as const,
  buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.24],
});

export const commandsPerWrite = new SeriesHistogram({
  name: 'cartwright_redis_commands_per_write',
  help: 'Redis commands that shared one write to the socket, because they were issued in the same tick.',
  labelNames: [],
  buckets: [1, 2, 4, 8, 16, 32, 64, 128],
}).series();

export const itemsPerBatch = new SeriesHistogram({
  name: 'cartwright_redis_items_per_batch',
  help: 'Rate limits or feed changes of one tick that shared one script.',
  labelNames: [],
  buckets: [1, 2, 4, 8, 16, 32, 64, 100],
}).series();

export const connections = new Gauge({
  name: 'cartwright_redis_connections',
  help: 'Connections to Redis that are ready, by what they are for.',
  labelNames: ['connection'] as const,
});

export const reconnects = new Counter({
  name: 'cartwright_redis_reconnects_total',
  help: 'Attempts to connect to Redis again, by what the connection is for.',
  labelNames: ['connection'] as const,
});

export const certificateNotAfter = new Gauge({
  name: 'cartwright_redis_certificate_not_after_timestamp_seconds',
  help: 'When the certificate of a TLS connection to Redis expires, the earliest of all connections, by whose it is.',
  labelNames: ['certificate'] as const,
});
