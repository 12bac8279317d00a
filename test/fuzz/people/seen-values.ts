import type { Seen } from '../values/value.js';

const KEPT = 30;

/** Values that the service gave to a person, newest first. */
export class SeenValues {
  private readonly byName = new Map<string, string[]>();

  add(name: string, value: string): void {
    const known = this.byName.get(name) ?? [];
    this.byName.set(name, [value, ...known.filter((each) => each !== value)].slice(0, KEPT));
  }

  /** A seen value, or a made-up one if none was seen. */
  find({ name, index }: Pick<Seen, 'name' | 'index'>): string {
    const known = this.byName.get(name) ?? [];
    return known[index % Math.max(1, known.length)] ?? `none_${name}_${index}`;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }
}
