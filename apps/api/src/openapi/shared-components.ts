interface Reference {
  $ref: string;
}

/** Parts that several operations have in common. The document contains each once, which halves its size. */
export class SharedComponents<Part extends object> {
  private readonly nameOfText = new Map<string, string>();
  private readonly parts: Record<string, Part> = {};

  /** @param section of `components`. */
  constructor(private readonly section: 'headers' | 'parameters' | 'responses') {}

  /** @returns a reference to the part: `ETag` for the first of this name, then `ETag.2` and so on. */
  share(name: string, part: Part): Reference {
    const text = name + JSON.stringify(part);
    const key = this.nameOfText.get(text) ?? this.freeName(name);
    this.nameOfText.set(text, key);
    this.parts[key] = part;
    return { $ref: `#/components/${this.section}/${key}` };
  }

  /** All shared parts, by name. */
  get components(): Readonly<Record<string, Part>> {
    return this.parts;
  }

  private freeName(name: string): string {
    let free = name;
    for (let number = 2; free in this.parts; number += 1) free = `${name}.${number}`;
    return free;
  }
}
