/** Something between client and service responded instead of the service, such as a proxy's error page. */
export class UnexpectedResponseError extends Error {
  override readonly name = 'UnexpectedResponseError';

  /** @param expectedType the content type of the service's own response. */
  constructor(
    readonly status: number,
    readonly contentType: string,
    expectedType: string,
  ) {
    const received = contentType === '' ? 'no content type' : contentType;
    super(`Unexpected response: ${status} with ${received} instead of ${expectedType}`);
  }
}
