import { Module, type OnModuleInit } from '@nestjs/common';
import { InjectConfig, type MetricsConfig } from '#config';
import { MetricsServer } from './metrics.server.js';
import { measureProcess } from './process.metrics.js';

/** Measures the process and serves its metrics on a port of their own, as the configuration says. */
@Module({ providers: [MetricsServer] })
export class MetricsModule implements OnModuleInit {
  constructor(@InjectConfig('metrics') private readonly config: MetricsConfig) {}

  onModuleInit(): void {
    if (this.config.isOn) measureProcess();
  }
}
