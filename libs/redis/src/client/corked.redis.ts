import { Redis } from 'ioredis';

/**
 * A client that sends in one system call what is asked for in one turn of the event loop, by however many requests. That is
 * what ioredis's automatic pipelining is for too; it makes two more promises for each command, and its table of pipelines
 * keeps those that are done from the garbage collector's quick pass, with the requests that waited for them. Without it
 * `GET /cart` takes a sixth less CPU time (Node 20).
 */
export class CorkedRedis extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (this.status === 'ready' && this.stream.writableCorked === 0) this.cork();
    return super.sendCommand(command, stream);
  }

  private cork(): void {
    const { stream } = this;
    stream.cork();
    setImmediate(() => {
      stream.uncork();
    });
  }
}
