/** The Redis of a site. */
export interface DrillRedis {
  /** Each server is watched by an exporter of its own. */
  readonly ports: readonly number[];
  /** The settings with which the service finds it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}
