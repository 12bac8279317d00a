import { startService, type RunningService } from '../support/running-service.js';
import { freePort } from '../support/service-process.js';

/** An instance of the service as production runs it, at ports that it keeps over restarts. */
export class Instance {
  private running: RunningService | undefined;

  private constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly port: number,
    readonly metricsPort: number,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<Instance> {
    const instance = new Instance(environment, await freePort(), await freePort());
    await instance.start();
    return instance;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const ports = { PORT: String(this.port), METRICS_PORT: String(this.metricsPort) };
    this.running = await startService('', { ...this.environment, ...ports });
  }

  /** Stops it in an orderly way. */
  async stop(): Promise<void> {
    await this.running?.process.end('SIGTERM');
    this.running = undefined;
  }

  /** Ends it as a failing machine would. */
  async kill(): Promise<void> {
    await this.running?.process.end('SIGKILL');
    this.running = undefined;
  }

  /** Makes it stand still: its event loop and everything else. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.running !== undefined) process.kill(this.running.process.pid, signal);
  }
}
