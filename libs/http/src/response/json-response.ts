/** What a handler returns whose JSON is written already, or that says more than JSON: the HTTP adapter sends it. */
export class JsonResponse {
  /**
   * @param json undefined for a response without a body.
   * @param headers those of this answer.
   * @param status in the place of the handler's own.
   */
  constructor(
    readonly json: string | undefined,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly status?: number,
  ) {}
}
