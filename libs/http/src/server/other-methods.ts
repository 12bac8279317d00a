import type { Application } from 'express';
import { MethodNotAllowedError } from '../problems/http.errors.js';

declare module 'express-serve-static-core' {
  interface IRouter {
    /** In Express's router since 2.3, but not yet in its types. */
    listRoutes(): readonly { readonly path: string; readonly methods: readonly string[] }[];
  }
}

/**
 * Responds to methods that a known path has no route for: 204 to OPTIONS and 405 to all others, both with `Allow`. Call it when
 * the router has all its routes. Requests that a route serves never get here.
 */
export function respondToOtherMethods(app: Application): void {
  for (const [path, methods] of methodsByPath(app)) {
    // A request may match several paths: /session/create also matches /session/:session_id.
    app.router.all(path, (_request, response, next) => {
      response.append('Allow', methods);
      next();
    });
  }
  app.use((request, response, next) => {
    const allowed = response.getHeader('Allow');
    if (!Array.isArray(allowed)) {
      next();
      return;
    }
    response.setHeader('Allow', [...new Set([...allowed, 'OPTIONS'])].join(', '));
    if (request.method !== 'OPTIONS') throw new MethodNotAllowedError();
    response.status(204).end();
  });
}

function methodsByPath({ router }: Application): Map<string, string[]> {
  const methodsOf = new Map<string, string[]>();
  for (const { path, methods } of router.listRoutes()) {
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), ...methods]);
  }
  return methodsOf;
}
