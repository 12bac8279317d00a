import { generalResponsesOf, operationsOf, type GeneralResponse, type Operation } from './api-document.js';
import { faultsOfResponse, type SeenResponse } from './response-check.js';

/** A request and what came back. */
export interface Exchange {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  readonly response: SeenResponse;
}

/** What a service has promised by its OpenAPI document. */
export class ApiContract {
  readonly operations: readonly Operation[];
  private readonly general: readonly GeneralResponse[];
  private readonly routes: readonly { readonly pattern: RegExp; readonly operation: Operation }[];

  constructor(document: object) {
    this.operations = operationsOf(document);
    this.general = generalResponsesOf(document);
    // Paths without parameters come first: `/cart/clear` is not the `{id}` of another.
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

  /** The methods that a path has, in capitals. */
  methodsOf(path: string): string[] {
    const bare = bareOf(path);
    const methods = this.routes.filter(({ pattern }) => pattern.test(bare)).map(({ operation }) => operation.method);
    return [...new Set(methods)].map((method) => method.toUpperCase());
  }

  /** How a response differs from every one that the document has for its request. */
  faultsOf({ method, path, response }: Exchange): string[] {
    const operation = this.operationOf(method, path);
    const own = operation?.responses[response.status];
    const general = this.general.filter(({ status }) => status === response.status);
    const candidates = [...(own === undefined ? [] : [own]), ...general];
    if (candidates.length === 0) return [`status ${response.status} is not documented`];
    const seen = method === 'HEAD' ? { ...response, text: undefined } : response;
    const faults = candidates.map((documented) => faultsOfResponse(documented, seen));
    return faults.some((each) => each.length === 0) ? [] : (faults[0] ?? []);
  }
}

/** Without the query, and without the origin that a request line may have before it (RFC 9112, section 3.2.2). */
function bareOf(path: string): string {
  return path.replace(/^https?:\/\/[^/?]*/, '').split('?')[0] ?? '';
}

function parametersIn(path: string): number {
  return path.split('{').length;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
