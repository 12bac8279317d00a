import type { ServerResponse } from 'node:http';
import type { Slot } from '#http';

/** Counts the slots that are in use. */
export interface Slots {
  taken(): void;
  /** @param ms how long the slot was in use, in milliseconds. */
  freed(ms: number): void;
}

/** A request that has a slot until its response is written or its connection closes. */
export class RunningRequest implements Slot {
  private startedAt = 0;
  private isHeld = false;
  private isOver = false;

  constructor(
    private readonly slots: Slots,
    response: ServerResponse,
  ) {
    this.retake();
    const end = (): void => {
      this.release();
      this.isOver = true;
    };
    // Not `finish`, which waits until a slow reader has read enough of the response.
    response.on('prefinish', end);
    response.on('close', end);
  }

  retake(): void {
    if (this.isHeld || this.isOver) return;
    this.isHeld = true;
    this.startedAt = performance.now();
    this.slots.taken();
  }

  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.slots.freed(performance.now() - this.startedAt);
  }
}
