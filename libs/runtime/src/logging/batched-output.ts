import { destination, type DestinationStream } from 'pino';

/** Characters that are written at once. */
const BATCH_LENGTH = 16_000;
/** How long a line waits for others. */
const MAX_WAIT_MS = 100;
/** How long the end of the process waits for a write that has begun, or is about to, on another thread. */
const LAST_WRITE_MS = 100;
/**
 * sonic-boom writes without waiting, from a batch's length on or when it is told to. What it has not begun to write when the
 * process ends it writes then. If no one reads, the latest lines are dropped beyond 4 MiB, not the service.
 */
const OUTPUT = { dest: 1, sync: false, minLength: BATCH_LENGTH, maxLength: 4 * 1024 * 1024 };

/**
 * Standard output, for which lines are put together: a system call for each took a twentieth of all CPU time. They wait in
 * a list here and not in sonic-boom (4.2), which measures all that waits, and so copies it, for each line that it is given.
 */
export class BatchedOutput implements DestinationStream {
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Bytes that were handed over and are not known to be written. */
  private unwritten = 0;
  private readonly output;

  constructor() {
    // In front of sonic-boom's own listener. Nothing more is begun here that would not be done any more.
    process.once('exit', () => {
      this.awaitLastWrite();
      this.handOver();
    });
    this.output = destination(OUTPUT);
    this.output.on('write', (bytes: number) => {
      this.unwritten -= bytes;
    });
  }

  write(line: string): void {
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= BATCH_LENGTH) this.handOver();
    else this.timer ??= setTimeout(this.flush.bind(this), MAX_WAIT_MS).unref();
  }

  private flush(): void {
    this.handOver();
    this.output.flush();
  }

  private handOver(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.lines.join('');
    this.lines = [];
    this.length = 0;
    if (batch === '') return;
    this.unwritten += Buffer.byteLength(batch);
    this.output.write(batch);
  }

  /**
   * Lets the thread that writes come first: what is written at the exit would overtake it, and what it has not begun would be
   * lost. No event tells of its end any more, so this waits for a time.
   */
  private awaitLastWrite(): void {
    if (this.unwritten > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WRITE_MS);
  }
}
