import { isErrorReply } from './redis-reply.js';

/** Commands with many keys, which one server takes and a cluster rejects where the keys are in several slots. */
export class CrossSlotFallback {
  /** Known once Redis has said so. */
  private isRefused = false;

  /**
   * Asks with one command for all keys, or, from the first rejection on, as `apart` does.
   * @param apart a command for each key, all sent together.
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
