import { RenderedMessage, type TraceIds } from '#runtime';

/** The log line of a request. */
export class RequestLine extends RenderedMessage {
  readonly message: string;
  readonly trace_id: string | undefined;
  readonly span_id: string | undefined;

  /**
   * @param status undefined if the client disconnected before there was a response.
   * @param aborted whether the client disconnected before the response was sent.
   * @param duration_ms milliseconds, rounded to the decimals to log.
   * @param user_id undefined if the request had no valid token.
   * @param actor who acted, if it was not the user.
   * @param for_user_id the user in the path, if someone acted.
   * @param redis_ms how long it waited for Redis, in milliseconds; undefined if that is not known or not of interest.
   * @param trace the span of the request, if it is traced.
   */
  constructor(
    readonly request_id: string,
    readonly method: string,
    readonly route: string,
    readonly status: number | undefined,
    readonly aborted: boolean,
    readonly duration_ms: number,
    readonly user_id: string | undefined,
    readonly actor: string | undefined,
    readonly for_user_id: string | undefined,
    readonly redis_ms: number | undefined,
    trace: TraceIds | undefined,
  ) {
    super();
    this.trace_id = trace?.trace_id;
    this.span_id = trace?.span_id;
    this.message = `${method} ${route} ${status ?? '(no response)'}`;
  }

  override get json(): string {
    const status = this.status === undefined ? '' : `,"status":${this.status}`;
    const redis = this.redis_ms === undefined ? '' : `,"redis_ms":${this.redis_ms}`;
    const span = this.trace_id === undefined ? '' : `,"trace_id":"${this.trace_id}","span_id":"${this.span_id}"`;
    return (
      `"request_id":${JSON.stringify(this.request_id)},"method":${JSON.stringify(this.method)}` +
      `,"route":${JSON.stringify(this.route)}${status},"aborted":${this.aborted}` +
      `,"duration_ms":${this.duration_ms}${member('user_id', this.user_id)}` +
      `${member('actor', this.actor)}${member('for_user_id', this.for_user_id)}${redis}${span}`
    );
  }
}

function member(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}
