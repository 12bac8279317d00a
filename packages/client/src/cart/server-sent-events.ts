/** One message of a `text/event-stream`. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** The id of the latest message that had one. */
  readonly id: string | undefined;
}

/** Splits the text of a `text/event-stream` into messages, however the network has split it. */
export class ServerSentEvents {
  /** How long the server wants its clients to wait before they connect again. */
  retryMs: number | undefined;
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string | undefined;

  /** The messages that are complete with this text. */
  *push(text: string): Generator<ServerSentEvent, void> {
    // A carriage return at the end may be the first half of a line end.
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') this.take(line);
      else if (this.data.length > 0) yield this.message();
      else this.event = '';
    }
  }

  private take(line: string): void {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
  }

  private message(): ServerSentEvent {
    const message = { event: this.event === '' ? 'message' : this.event, data: this.data.join('\n'), id: this.id };
    this.event = '';
    this.data = [];
    return message;
  }
}
