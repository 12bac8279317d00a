import { Counter, Gauge } from 'prom-client';
import { ERROR_CATALOG } from '#kernel';
import { SeriesHistogram, startAtZero } from '#runtime';

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ has the name, the labels and the buckets. */
export const requestDuration = new SeriesHistogram({
  name: 'http_server_request_duration_seconds',
  help: 'Seconds from the head of a request to the end of its response, including the time that it waited; streams until they end.',
  labelNames: ['http_request_method', 'http_route', 'http_response_status_code'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
});

export const activeRequests = new Gauge({
  name: 'http_server_active_requests',
  help: 'Requests without a complete response, including open streams and requests that wait.',
});

export const problems = new Counter({
  name: 'cartwright_problems_total',
  help: 'Error responses, by their stable code. Rejections before routing have metrics of their own.',
  labelNames: ['code'] as const,
});
startAtZero(problems, Object.keys(ERROR_CATALOG));

export const malformedRequests = new Counter({
  name: 'cartwright_http_malformed_requests_total',
  help: 'Requests that the HTTP parser rejected, which are not in http_server_request_duration_seconds.',
  labelNames: ['code'] as const,
});
