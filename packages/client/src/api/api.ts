import type { Http } from '../http/http.js';
import { IDEMPOTENCY_KEY } from '../http/service-request.js';
import type { Tokens } from '../tokens/tokens.js';
import { rememberTag, tagOf } from './entity-tags.js';
import type { BodyOf, Method, PathOf, PathParametersOf, ProblemCode, QueryOf, ResultOf } from './operations.js';
import { targetOf } from './target.js';

/** What every call takes. */
export interface CallOptions {
  /** Aborts the call, even while it waits for a retry. */
  readonly signal?: AbortSignal | undefined;
}

interface Details<M extends Method, P extends PathOf<M>> extends CallOptions {
  readonly query?: QueryOf<M, P> | undefined;
  readonly body?: BodyOf<M, P> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** An earlier result of the same call: if nothing has changed, this object is returned again. */
  readonly ifNoneMatch?: ResultOf<M, P> | undefined;
  /**
   * Whether it can be sent again although the first attempt may have been applied. By default GET, PUT and DELETE can, and
   * requests with an `idempotency-key`.
   */
  readonly isRetryable?: boolean;
  /** Codes that mean, in the response to a retry, that an earlier attempt was successful. */
  readonly doneIf?: readonly ProblemCode[];
  /** A status of 400 or more whose response is a result, not an error. */
  readonly acceptedStatus?: number;
  /** Whether it is sent without a token. */
  readonly isPublic?: boolean;
}

/** One call of an operation, by the types of the OpenAPI document. */
export type Call<M extends Method, P extends PathOf<M>> = Details<M, P> &
  (PathParametersOf<M, P> extends object ? { readonly path: PathParametersOf<M, P> } : { readonly path?: undefined });

/** Calls any operation of the OpenAPI document by its method and path. */
export class Api {
  constructor(
    private readonly http: Http,
    private readonly tokens: Tokens,
    private readonly prefix = '',
  ) {}

  /** The same operations on the cart of another user: `/cart` is then `/users/{user_id}/cart`. */
  ofUser(userId: string): Api {
    return new Api(this.http, this.tokens, prefixOf(userId));
  }

  /**
   * @returns the body of the response; undefined if it has none.
   * @throws ProblemError if the service rejects the request; ConnectionError if no response came.
   */
  async call<M extends Method, P extends PathOf<M>>(method: M, path: P, call: Call<M, P>): Promise<ResultOf<M, P>> {
    const { ifNoneMatch }: Details<M, P> = call;
    const headers = { ...call.headers, ...conditionOf(ifNoneMatch) };
    const {
      status,
      headers: received,
      body,
    } = await this.http.send<ResultOf<M, P>>(
      {
        method,
        target: this.prefix + targetOf(path, call.path, call.query),
        body: call.body,
        headers,
        acceptedStatus: call.acceptedStatus,
        isRetryable: call.isRetryable ?? (method in RETRYABLE || IDEMPOTENCY_KEY in headers),
        doneIf: call.doneIf,
        signal: call.signal,
      },
      call.isPublic === true ? undefined : this.tokens,
    );
    if (status === 304) return firstOf(ifNoneMatch, body);
    rememberTag(body, received.get('etag'));
    return body;
  }
}

/** The prefix of `/cart` in the paths of another user's cart. */
export function prefixOf(userId: string): string {
  return targetOf('/users/{user_id}', { user_id: userId });
}

/** Idempotent methods. */
const RETRYABLE: Partial<Record<Method, true>> = { get: true, put: true, delete: true };

function firstOf<T>(first: T | undefined, second: T): T {
  return first ?? second;
}

function conditionOf(ifNoneMatch: unknown): Readonly<Record<string, string>> {
  return typeof ifNoneMatch === 'object' && ifNoneMatch !== null ? { 'if-none-match': tagOf(ifNoneMatch) } : {};
}
