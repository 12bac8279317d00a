import { operationsOf, otherProblemOf, type DocumentedResponse, type Operation } from './api-document.js';
import { faultsOfResponse, hasStatusOfBody, type SeenResponse } from './response-check.js';

/** A request and its response. */
export interface Exchange {
  readonly method: string;
  /** As sent, including the query. */
  readonly path: string;
  readonly response: SeenResponse;
}

/** To any path, with the headers of CORS for the preflight of an allowed origin. No document describes it. */
const OPTIONS: DocumentedResponse = {
  description: 'The methods that the path has.',
  headers: {
    'X-Request-Id': { required: true, schema: { type: 'string' } },
    'Cache-Control': { required: true, schema: { type: 'string' } },
    Allow: { schema: { type: 'string' } },
  },
};

/** What a service has promised by its OpenAPI document. */
export class ApiContract {
  readonly operations: readonly Operation[];
  private readonly otherProblem: DocumentedResponse | undefined;
  private readonly routes: readonly { readonly pattern: RegExp; readonly operation: Operation }[];

  constructor(document: object) {
    this.operations = operationsOf(document);
    this.otherProblem = otherProblemOf(document);
    // Paths without parameters come first, so that `/cart/clear` does not match an `{id}`.
    this.routes = this.operations
      .toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path))
      .map((operation) => ({ pattern: patternOf(operation.path), operation }));
  }

  /** The operation that a request is for; undefined if there is none. */
  operationOf(method: string, path: string): Operation | undefined {
    const bare = bareOf(path);
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    return this.routes.find(({ pattern, operation }) => operation.method === wanted && pattern.test(bare))?.operation;
  }

  /** The methods of a path, in upper case. */
  methodsOf(path: string): string[] {
    const bare = bareOf(path);
    const methods = this.routes.filter(({ pattern }) => pattern.test(bare)).map(({ operation }) => operation.method);
    return [...new Set(methods)].map((method) => method.toUpperCase());
  }

  /** How a response differs from every response that the document describes for its request. */
  faultsOf({ method, path, response }: Exchange): string[] {
    if (method === 'OPTIONS' && response.status === 204) return faultsOfResponse(OPTIONS, response);
    const own = this.operationOf(method, path)?.responses[response.status];
    const other = hasStatusOfBody(response) ? this.otherProblem : undefined;
    const candidates = [own, other].filter((documented) => documented !== undefined);
    const seen = method === 'HEAD' ? { ...response, text: undefined } : response;
    const faults = candidates.map((documented) => faultsOfResponse(documented, seen));
    if (faults.some((each) => each.length === 0)) return [];
    return own === undefined ? [`status ${response.status} is not documented`, ...faults.flat()] : (faults[0] ?? []);
  }
}

/** Removes the query, and the origin that may precede the path in a request line (RFC 9112, section 3.2.2). */
function bareOf(path: string): string {
  return path.replace(/^https?:\/\/[^/?]*/, '').split('?')[0] ?? '';
}

function parametersIn(path: string): number {
  return path.split('{').length;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
