/** Something that did not work. */
export interface Trouble {
  readonly text: string;
  /** Tries it again; undefined if that would not help. */
  readonly retry: (() => unknown) | undefined;
}
