/** Counts of what the finished visits must have left behind. */
export interface Ledger {
  /** Guests who left permanently, with their carts. */
  readonly left: number;
  /** Guests who became users, which is also the number of users' visits. */
  readonly merged: number;
  /** Users who visited at least once. */
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
