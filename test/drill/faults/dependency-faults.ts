import { defineFault, type Fault } from '../fault.js';
import { SingleRedis } from '../redis/single-redis.js';

const startRedis = async (): Promise<SingleRedis> => SingleRedis.start();

export const DEPENDENCY_FAULTS: readonly Fault[] = [
  defineFault({
    name: 'origin-down',
    title: 'The product origin is down',
    alert: 'CartwrightProductOriginBreakerOpen',
    startRedis,
    begin: async ({ origin }) => {
      await origin.stop();
      return async () => origin.listen();
    },
  }),
  defineFault({
    name: 'identity-provider-down',
    title: 'The identity provider is down, and an instance restarts without its keys',
    alert: 'CartwrightIdentityProviderUnavailable',
    startRedis,
    begin: async ({ provider, instances: [instance] }) => {
      await provider.stop();
      await instance.stop();
      await instance.start();
      return async () => provider.listen();
    },
  }),
];
