import { performance } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, register } from 'prom-client';
import { VERSION } from '#config';

/** Seconds of garbage collection: from the shortest of young objects to a pause that callers notice. */
const GC_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

const buildInfo = new Gauge({
  name: 'cartwright_build_info',
  help: 'Always 1; the labels are the version of the service and of Node.',
  labelNames: ['version', 'node_version'] as const,
});
buildInfo.set({ version: VERSION, node_version: process.versions.node }, 1);

new Counter({
  name: 'nodejs_eventloop_time_seconds_total',
  help: 'Seconds that the event loop was active or idle; active divided by both is its utilization.',
  labelNames: ['nodejs_eventloop_state'] as const,
  collect() {
    const { active, idle } = performance.eventLoopUtilization();
    this.reset();
    this.inc({ nodejs_eventloop_state: 'active' }, active / 1000);
    this.inc({ nodejs_eventloop_state: 'idle' }, idle / 1000);
  },
});

/** Begins to measure the process: processor time, memory, event loop and garbage collection. Further calls do nothing. */
export function measureProcess(): void {
  if (register.getSingleMetric('process_cpu_seconds_total') !== undefined) return;
  collectDefaultMetrics({ gcDurationBuckets: GC_BUCKETS });
}
