import { ServiceProcess } from '../../support/service-process.js';
import { measured } from '../../support/measured.js';
import { restartInTurn } from '../../support/rolling-restart.js';
import { expectSoundData } from '../../support/sound-data.js';
import { TestRedis } from '../../support/test-redis.js';

const TIMES = 10;
const REQUESTS_A_SECOND = 200;

jest.setTimeout(300_000);

it.each([
  { machine: 'a quiet machine', burners: 0 },
  { machine: 'a busy machine', burners: 1 },
])(
  'restarting two instances ten times each on $machine fails no request and loses no add',
  async ({ burners, machine }) => {
    const redis = await TestRedis.start();
    const busy = Array.from({ length: burners }, () => ServiceProcess.run(process.execPath, ['-e', 'for (;;);'], {}));
    try {
      const { requests, failed, acknowledged, counted, p99 } = await restartInTurn(redis, TIMES, REQUESTS_A_SECOND);
      measured(`rolling-restarts on ${machine}`, {
        requests,
        failed: failed.length,
        'lost or doubled': counted - acknowledged,
        p99,
      });
      expect({ failed, counted }).toEqual({ failed: [], counted: acknowledged });
      await expectSoundData(redis.client);
    } finally {
      await Promise.all(busy.map(async (burner) => burner.end('SIGKILL')));
      await redis.stop();
    }
  },
);
