import { isErrorReply } from './redis-reply.js';

/** Runs commands with many keys. A single server accepts them; a cluster rejects them if the keys are in different slots. */
export class CrossSlotFallback {
  /** Set at the first CROSSSLOT reply. */
  private isRefused = false;

  /**
   * Runs one command for all keys. From the first rejection on, runs `apart` instead.
   * @param apart one command for each key, all sent together.
   */
  async run<T>(together: () => Promise<T>, apart: () => Promise<T>): Promise<T> {
    if (!this.isRefused) {
      try {
        return await together();
      } catch (error) {
        if (!isErrorReply(error) || !error.message.startsWith('CROSSSLOT')) throw error;
        this.isRefused = true;
      }
    }
    return apart();
  }
}
