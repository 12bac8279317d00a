import { setTimeout as delay } from 'node:timers/promises';
import { defineFault, type Fault } from '../fault.js';
import { SingleRedis } from '../redis/single-redis.js';
import { repeatedly } from '../repeatedly.js';

const BLOCKED_MS = 800;
const BETWEEN_BLOCKS_MS = 4000;

const startRedis = async (): Promise<SingleRedis> => SingleRedis.start();

export const INSTANCE_FAULTS: readonly Fault[] = [
  defineFault({
    name: 'event-loop-blocked',
    title: `The event loop of an instance stands still for ${BLOCKED_MS} ms every ${(BLOCKED_MS + BETWEEN_BLOCKS_MS) / 1000} s`,
    alert: 'CartwrightEventLoopBlocked',
    startRedis,
    begin: async ({ instances: [instance] }) => {
      const block = async (): Promise<void> => {
        instance.freeze();
        await delay(BLOCKED_MS);
        instance.thaw();
        await delay(BETWEEN_BLOCKS_MS);
      };
      return Promise.resolve(repeatedly(block));
    },
  }),
  defineFault({
    name: 'instance-gone',
    title: 'One of two instances is gone',
    alert: 'CartwrightInstanceDown',
    startRedis,
    begin: async ({ instances: [instance] }) => {
      await instance.kill();
      return async () => instance.start();
    },
  }),
  defineFault({
    name: 'instances-gone',
    title: 'All instances are gone',
    alert: 'CartwrightNoInstanceUp',
    startRedis,
    begin: async ({ instances }) => {
      await Promise.all(instances.map(async (instance) => instance.kill()));
      return async () => Promise.all(instances.map(async (instance) => instance.start()));
    },
  }),
];
