import type { ResponseObject } from '#http';

/** Responses that several operations have alike: the document has each once, which makes it a third of its size. */
export class SharedResponses {
  private readonly byText = new Map<string, string>();
  private readonly byName: Record<string, ResponseObject> = {};

  /** @returns a reference to the response: `Problem401.1`, `Problem401.2` and so on. */
  share(status: string, response: ResponseObject): { $ref: string } {
    const text = status + JSON.stringify(response);
    const name = this.byText.get(text) ?? this.nextName(status);
    this.byText.set(text, name);
    this.byName[name] = response;
    return { $ref: `#/components/responses/${name}` };
  }

  /** All that were shared, by their names. */
  get components(): Readonly<Record<string, ResponseObject>> {
    return this.byName;
  }

  private nextName(status: string): string {
    const prefix = `Problem${status}.`;
    return `${prefix}${Object.keys(this.byName).filter((name) => name.startsWith(prefix)).length + 1}`;
  }
}
