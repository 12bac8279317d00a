import { detached } from '#kernel';

const MAX_KNOWN = 2000;
const MAX_KNOWN_LENGTH = 500;

/** Parsed values by their texts, about 1 KiB each. When there are too many, all are dropped: evicting in order is slower. */
export class KnownTexts<T extends object> {
  private readonly values = new Map<string, T>();

  find(text: string): T | undefined {
    return this.values.get(text);
  }

  /** Keeps a value, unless its text is long. @returns the value. */
  keep(text: string, value: T): T {
    if (text.length > MAX_KNOWN_LENGTH) return value;
    if (this.values.size >= MAX_KNOWN) this.values.clear();
    this.values.set(detached(text), value);
    return value;
  }
}
