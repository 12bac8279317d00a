/** Something between client and service responded instead of the service, such as a proxy's error page. */
export class UnexpectedResponseError extends Error {
  override readonly name = 'UnexpectedResponseError';

  /** @param expected what the service itself sends, such as a content type. */
  constructor(
    readonly status: number,
    readonly contentType: string,
    expected: string,
  ) {
    const received = contentType === '' ? 'no content type' : contentType;
    super(`Unexpected response: ${status} with ${received} instead of ${expected}`);
  }
}
