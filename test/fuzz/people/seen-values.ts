import type { Seen } from '../values/value.js';

const KEPT = 30;

/** What a person has been given by the service, the newest first. */
export class SeenValues {
  private readonly byName = new Map<string, string[]>();

  add(name: string, value: string): void {
    const known = this.byName.get(name) ?? [];
    this.byName.set(name, [value, ...known.filter((each) => each !== value)].slice(0, KEPT));
  }

  /** One that was seen; what it could look like if none was. */
  find({ name, index }: Pick<Seen, 'name' | 'index'>): string {
    const known = this.byName.get(name) ?? [];
    return known[index % Math.max(1, known.length)] ?? `none_${name}_${index}`;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }
}
