/** What the visits that have ended must have left behind, counted. */
export interface Ledger {
  /** Guests who left for good with their carts. */
  readonly left: number;
  /** Guests who became users: as many visits of users. */
  readonly merged: number;
  /** Users who were there at least once. */
  readonly users: number;
}

export const EMPTY: Ledger = { left: 0, merged: 0, users: 0 };

export function guestsOf({ left, merged }: Ledger): number {
  return left + merged;
}

/** Counts visits. */
export class Visits {
  private left = 0;
  private merged = 0;
  private readonly users = new Set<string>();

  guestLeft(): void {
    this.left += 1;
  }

  userLeft(userId: string): void {
    this.merged += 1;
    this.users.add(userId);
  }

  /** The counts at this moment. */
  ledger(): Ledger {
    return { left: this.left, merged: this.merged, users: this.users.size };
  }
}
