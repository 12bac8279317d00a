import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { isProbeOrScrape } from '#runtime';
import { AdaptiveLimit } from './adaptive.limit.js';
import { requestSlots } from './overload.metrics.js';
import { Pipelines } from './pipelines.js';
import type { Rejections } from './rejections.js';
import { RunningRequest, type Slots } from './running-request.js';
import { WaitingLine } from './waiting.line.js';

const STEP_MS = 100;

/**
 * Runs before Express: lets as many requests run as do not slow each other down, queues some more, and rejects the others
 * before any work is done for them. Decision 0036 has the reasons.
 */
export class RequestGate implements Slots {
  private readonly limit = new AdaptiveLimit();
  private readonly line = new WaitingLine();
  private readonly pipelines = new Pipelines((request, response) => {
    this.admit(request, response);
  });
  private running = 0;
  private isServingLine = false;

  /** @param serve handles the requests that may run. */
  constructor(
    private readonly serve: RequestListener,
    private readonly rejections: Rejections,
  ) {}

  /** Puts the gate in front of the server's own listener. */
  guard(server: Server): void {
    let steppedAt = performance.now();
    const step = setInterval(() => {
      const now = performance.now();
      this.limit.adapt(now - steppedAt - STEP_MS, this.running > 0);
      steppedAt = now;
      this.showSlots();
      this.serveWaiting();
    }, STEP_MS).unref();
    server.removeAllListeners('request');
    server.on('request', this.handle.bind(this));
    server.on('close', () => {
      clearInterval(step);
    });
  }

  taken(): void {
    this.running += 1;
  }

  freed(ms: number): void {
    this.running -= 1;
    this.limit.record(ms);
    if (!this.line.isEmpty) this.serveWaiting();
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    // A response has no socket while an earlier one on the connection is not sent yet.
    if (response.socket === null) this.pipelines.add(request, response);
    else this.admit(request, response);
  }

  private admit(request: IncomingMessage, response: ServerResponse): void {
    // Probes check that the process is alive, and scrapes how busy it is, so they are served even under overload.
    if (isProbeOrScrape(request.url ?? '')) this.serve(request, response);
    else if (this.line.isEmpty && this.running < this.limit.value) this.run(request, response);
    else if (!this.line.join(request, response)) this.rejections.add(request, response);
  }

  /** A request that ends at once calls this again. The flag keeps it from starting the next request recursively. */
  private serveWaiting(): void {
    if (this.isServingLine) return;
    this.isServingLine = true;
    while (this.running < this.limit.value) {
      const next = this.line.next();
      if (next === undefined) break;
      this.run(next.request, next.response);
    }
    this.isServingLine = false;
  }

  private showSlots(): void {
    requestSlots.set({ slots: 'limit' }, this.limit.value);
    requestSlots.set({ slots: 'running' }, this.running);
    requestSlots.set({ slots: 'waiting' }, this.line.length);
  }

  private run(request: IncomingMessage, response: ServerResponse): void {
    request.slot = new RunningRequest(this, response);
    this.serve(request, response);
  }
}
