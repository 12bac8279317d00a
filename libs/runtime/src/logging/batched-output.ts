import { destination, type DestinationStream } from 'pino';

/** How many characters are written at once. */
const BATCH_LENGTH = 16_000;
/** How long a line waits for others. */
const MAX_WAIT_MS = 100;
/** How long the end of the process waits for a write on another thread that has begun or is about to begin. */
const LAST_WRITE_MS = 100;
/**
 * sonic-boom writes asynchronously, when a batch is full or when it is flushed. When the process ends, it writes synchronously
 * what it has not begun to write. If nothing reads the output, it drops the latest lines beyond 4 MiB, so that the service
 * continues.
 */
const OUTPUT = { dest: 1, sync: false, minLength: BATCH_LENGTH, maxLength: 4 * 1024 * 1024 };

/**
 * Standard output that collects lines, because a system call for each took a twentieth of all CPU time. The lines wait in a
 * list here, because sonic-boom (4.2) measures, and so copies, everything that waits for each line that it gets.
 */
export class BatchedOutput implements DestinationStream {
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Bytes that were passed to sonic-boom and are not known to be written. */
  private unwritten = 0;
  private readonly output;

  constructor() {
    // Registered before sonic-boom's own listener, which can still write what is passed to it here.
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
   * Lets the writing thread finish first: a synchronous write at exit would overtake it, and what it has not begun would be
   * lost. Its end emits no event any more, so this waits for a fixed time.
   */
  private awaitLastWrite(): void {
    if (this.unwritten > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WRITE_MS);
  }
}
