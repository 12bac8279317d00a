import type { Clock } from '#kernel';
import { OriginFailedError } from './origin.errors.js';

/** The shortest time between two probes, however many products fail. */
const VERDICT_MS = 1000;

/**
 * Distinguishes a broken product from a broken origin. Clients choose which products are loaded, and might choose only broken
 * ones, so the origin is probed with a product that it returned before.
 */
export class OriginProbe {
  private known: URL | undefined;
  private verdict: Promise<boolean> | undefined;
  private judgedAt = 0;

  /** @param ask sends one request to the origin. */
  constructor(
    private readonly ask: (url: URL) => Promise<unknown>,
    private readonly clock: Clock,
  ) {}

  /** Remembers a product that the origin has just returned. */
  succeeded(url: URL): void {
    this.known = url;
  }

  /** Whether the origin responds for the last product that it returned; false if it never returned one. */
  async isResponding(): Promise<boolean> {
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
