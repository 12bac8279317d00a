import { operationsOf, type Operation } from './api-document.js';

/** A `fetch` that remembers which operations of a document it was used for, and with which headers. */
export class RecordingFetch {
  /** The headers of each request, by the operation's name, such as `PUT /cart/update/{product_id}`. */
  readonly requests: { readonly operation: string; readonly headers: Headers }[] = [];
  private readonly operations: readonly Operation[];

  constructor(document: object) {
    this.operations = operationsOf(document);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    this.requests.push({ operation: this.nameOf(request), headers: request.headers });
    return fetch(input, init);
  };

  headersOf(operation: string): readonly Headers[] {
    return this.requests.filter((request) => request.operation === operation).map(({ headers }) => headers);
  }

  /** A path without parameters is preferred: `/session/create` is no session. */
  private nameOf({ method, url }: Request): string {
    const { pathname } = new URL(url);
    const fits = ({ path, method: documented }: Operation): boolean =>
      documented.toUpperCase() === method && new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
    const found = this.operations
      .filter(fits)
      .toSorted((one, other) => one.path.split('{').length - other.path.split('{').length);
    return found[0]?.name ?? `${method} ${pathname}`;
  }
}
