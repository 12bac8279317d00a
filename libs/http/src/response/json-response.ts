/** A handler's result with ready JSON text, or with headers or a status of its own. The HTTP adapter sends it. */
export class JsonResponse {
  /**
   * @param json undefined for a response without a body.
   * @param headers additional headers of this response.
   * @param status overrides the handler's status.
   */
  constructor(
    readonly json: string | undefined,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly status?: number,
  ) {}
}
