import type { Application } from 'express';
import { MethodNotAllowedError } from '../problems/http.errors.js';

declare module 'express-serve-static-core' {
  interface IRouter {
    /** Of Express's router since 2.3, whose types do not have it yet. */
    listRoutes(): readonly { readonly path: string; readonly methods: readonly string[] }[];
  }
}

/**
 * Responds to the methods that a known path has no route for: to OPTIONS with 204, to every other with 405, both with
 * `Allow`. Call it when the router has all its routes, whose paths it takes; what they serve never comes here.
 */
export function respondToOtherMethods(app: Application): void {
  for (const [path, methods] of methodsByPath(app)) {
    // A request may match several paths: /session/create is a /session/:session_id too.
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
