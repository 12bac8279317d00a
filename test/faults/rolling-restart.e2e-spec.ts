import { measured } from '../support/measured.js';
import { restartInTurn } from '../support/rolling-restart.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';

it('restarting two instances in turn fails no request and loses no add', async () => {
  const redis = await TestRedis.start();
  try {
    const { requests, failed, acknowledged, counted, p99 } = await restartInTurn(redis, 1, 100);
    measured('rolling-restart', { requests, failed: failed.length, 'lost or doubled': counted - acknowledged, p99 });
    expect({ failed, counted }).toEqual({ failed: [], counted: acknowledged });
    await expectSoundData(redis.client, { RATE_LIMIT_MAX: '100000000' });
  } finally {
    await redis.stop();
  }
});
