/** Aborts a connection that has been silent for too long, or that its caller aborts. Call `end` when it is over. */
export class Watchdog {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly silenceMs: number,
    private readonly caller?: AbortSignal,
  ) {
    if (caller?.aborted === true) this.stop();
    caller?.addEventListener('abort', this.stop);
    this.touch();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Call this whenever something has arrived. */
  touch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.controller.abort(new DOMException(`Nothing came for ${this.silenceMs} ms.`, 'TimeoutError'));
    }, this.silenceMs);
  }

  end(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.stop);
  }

  private readonly stop = (): void => {
    this.controller.abort(this.caller?.reason);
  };
}
