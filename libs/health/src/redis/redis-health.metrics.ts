import { Gauge } from 'prom-client';

let isUp: () => Promise<boolean> = async () => Promise.resolve(false);

new Gauge({
  name: 'cartwright_redis_up',
  help: '1 if Redis can serve requests of this instance, as GET /health/ready checks it, otherwise 0.',
  async collect() {
    this.set((await isUp()) ? 1 : 0);
  },
});

/** Lets each scrape make this check, which must end soon even if Redis hangs. */
export function measureRedisBy(check: () => Promise<boolean>): void {
  isUp = check;
}
