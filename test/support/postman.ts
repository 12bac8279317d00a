import { createContext, runInContext } from 'node:vm';

interface Pair {
  readonly key: string;
  readonly value: string;
  readonly disabled?: boolean;
}

export interface PostmanRequest {
  readonly method: string;
  readonly auth?: { readonly type: string; readonly bearer?: readonly Pair[] };
  readonly header: readonly Pair[];
  readonly body?: { readonly raw: string };
  readonly url: { readonly raw: string; readonly variable: readonly Pair[] };
}

export interface Collection {
  readonly variable: readonly Pair[];
  readonly event: readonly [{ readonly script: { readonly exec: readonly string[] } }];
  readonly item: readonly { readonly item: readonly { readonly name: string; readonly request: PostmanRequest }[] }[];
}

/** Sends the requests of a collection as Postman does. */
export class Postman {
  private readonly variables: Map<string, string>;

  /** @param given variables that the user has set. */
  constructor(
    private readonly collection: Collection,
    given: Readonly<Record<string, string>>,
  ) {
    const own = collection.variable.map(({ key, value }) => [key, value] as const);
    this.variables = new Map([...own, ...Object.entries(given)]);
  }

  /** The status and the text of the response; of a stream only the status. */
  async send({ method, auth, header, body, url }: PostmanRequest): Promise<{ status: number; text: string }> {
    const headers = new Headers();
    for (const { key, value, disabled } of header) if (disabled !== true) headers.set(key, this.filled(value));
    const token = auth?.bearer?.[0]?.value ?? '{{token}}';
    if (auth?.type !== 'noauth') headers.set('authorization', `Bearer ${this.filled(token)}`);
    const address = url.variable.reduce(
      (path, { key, value }) => path.replace(`:${key}`, encodeURIComponent(this.filled(value))),
      url.raw,
    );
    const caller = new AbortController();
    const response = await fetch(this.filled(address), {
      method,
      headers,
      ...(body && { body: this.filled(body.raw) }),
      signal: caller.signal,
    });
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? '' : await response.text();
    caller.abort();
    this.runScript(response.headers, text);
    return { status: response.status, text };
  }

  private filled(text: string): string {
    return text.replace(/\{\{(\$?\w+)\}\}/g, (variable, name: string) =>
      name === '$guid' ? crypto.randomUUID() : (this.variables.get(name) ?? variable),
    );
  }

  private runScript(headers: Headers, text: string): void {
    const response = { headers, json: (): unknown => JSON.parse(text) };
    runInContext(
      this.collection.event[0].script.exec.join('\n'),
      createContext({ pm: { response, collectionVariables: this.variables } }),
    );
  }
}
