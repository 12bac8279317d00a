import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A process of its own, which has made many young objects. */
const PROGRAM = `
  import { setTimeout as delay } from 'node:timers/promises';
  import { getHeapSpaceStatistics } from 'node:v8';
  import { tidyHeap } from '${join(__dirname, '../../../dist/apps/api/src/tidy-heap.js')}';
  const room = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size;
  let kept = [];
  for (let round = 0; round < 3e6; round += 1) kept[round % 1e5] = { round };
  kept = [];
  const before = room();
  tidyHeap();
  while (room() > before / 4) await delay(10);
  await delay(50);
  console.log('still running');`;

it('the heap releases its space for young objects, and the process keeps running', () => {
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(answer).toBe('still running\n');
});
