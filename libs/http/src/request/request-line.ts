import { RenderedMessage } from '#runtime';

/** The line of the log that tells of an answered request. */
export class RequestLine extends RenderedMessage {
  readonly message: string;

  /**
   * @param aborted whether the caller left before the response was out.
   * @param duration_ms milliseconds, with as many decimals as are to be told.
   * @param user_id undefined if no token was good.
   */
  constructor(
    readonly request_id: string,
    readonly method: string,
    readonly route: string,
    readonly status: number,
    readonly aborted: boolean,
    readonly duration_ms: number,
    readonly user_id: string | undefined,
  ) {
    super();
    this.message = `${method} ${route} ${status}`;
  }

  override get json(): string {
    const user = this.user_id === undefined ? '' : `,"user_id":${JSON.stringify(this.user_id)}`;
    return (
      `"request_id":${JSON.stringify(this.request_id)},"method":${JSON.stringify(this.method)}` +
      `,"route":${JSON.stringify(this.route)},"status":${this.status},"aborted":${this.aborted}` +
      `,"duration_ms":${this.duration_ms}${user}`
    );
  }
}
