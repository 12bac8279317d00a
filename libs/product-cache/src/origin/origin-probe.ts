import type { Clock } from '#common';
import { OriginFailedError } from './origin.errors.js';

/** However many products fail, the origin is asked no more often than this. */
const VERDICT_MS = 1000;

/**
 * Tells a product that the origin fails for from an origin that fails. Callers choose which products are loaded, and may
 * choose broken ones only: so what the origin is judged by is a product that it had before.
 */
export class OriginProbe {
  private known: URL | undefined;
  private verdict: Promise<boolean> | undefined;
  private judgedAt = 0;

  /** @param ask asks the origin once. */
  constructor(
    private readonly ask: (url: URL) => Promise<unknown>,
    private readonly clock: Clock,
  ) {}

  /** Remembers a product that the origin has just given. */
  succeeded(url: URL): void {
    this.known = url;
  }

  /** Whether the origin answers for the product that it last gave; false where it has given none. */
  async isAnswered(): Promise<boolean> {
    const now = this.clock.now();
    if (this.verdict === undefined || now - this.judgedAt >= VERDICT_MS) {
      this.judgedAt = now;
      this.verdict = this.judge();
    }
    return this.verdict;
  }

  private async judge(): Promise<boolean> {
    if (this.known === undefined) return false;
    try {
      await this.ask(this.known);
      return true;
    } catch (error) {
      return !(error instanceof OriginFailedError);
    }
  }
}
