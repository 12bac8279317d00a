import type { IncomingMessage } from 'node:http';

/** The route pattern that Express matched, such as `/cart/remove/:product_id`; undefined if none. */
export function matchedRoute(request: IncomingMessage): string | undefined {
  const route: unknown = 'route' in request ? request.route : undefined;
  const hasPath = typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string';
  return hasPath ? String(route.path) : undefined;
}
