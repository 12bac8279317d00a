import type { Application } from 'express';
import type { MetricsConfig } from '#config';
import { DomainError } from '#kernel';
import { exposeMetrics, ScrapeToken } from '#runtime';

/** Serves `/metrics` on the port of the service, unless it is off or has a port of its own. */
export function serveMetrics(app: Application, { isOn, token, port }: MetricsConfig): void {
  if (!isOn || port !== undefined) return;
  const allowed = new ScrapeToken(token);
  app.get('/metrics', async ({ headers }, response) => {
    const { accept, authorization } = headers;
    if (authorization === undefined && !allowed.isIn(authorization)) {
      throw new DomainError('missing_token', 'Metrics need an Authorization header: Bearer <METRICS_TOKEN>.');
    }
    if (!allowed.isIn(authorization)) throw new DomainError('invalid_token', 'This is not the token for metrics.');
    const { contentType, text } = await exposeMetrics(accept);
    response.setHeader('Content-Type', contentType);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    response.end(text);
  });
}
