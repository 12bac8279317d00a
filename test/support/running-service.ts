import { ServiceProcess } from './service-process.js';
import { TEST_SECRET } from './tokens.js';

/** The service as production runs it, in a separate process. */
export interface RunningService {
  readonly process: ServiceProcess;
  readonly url: string;
}

/** Starts the compiled service, by default with rate limits that no test reaches, and waits until it listens. */
export async function startService(redisUrl: string, environment: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const process = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: '0',
    ...(redisUrl !== '' && { REDIS_URL: redisUrl }),
    JWT_SECRET: TEST_SECRET,
    RATE_LIMIT_MAX: '100000000',
    RATE_LIMIT_ADDRESS_MAX: '0',
    SHUTDOWN_DRAIN_SECONDS: '0',
    ...environment,
  });
  const [, url = ''] = await process.printed(/Listening on (http:[^"]+)"/);
  return { process, url };
}
