import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run test:redis -- acl|tls|sentinel|cluster [arguments of Jest]`: the end-to-end tests on another shape of Redis. */

const SHAPES = ['acl', 'tls', 'sentinel', 'cluster'];
const [shape = '', ...args] = process.argv.slice(2);

if (SHAPES.includes(shape)) {
  const { status } = spawnSync('npx', ['jest', ...(args.length > 0 ? args : ['test/e2e'])], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, TEST_REDIS: shape },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(`Usage: npm run test:redis -- ${SHAPES.join('|')} [arguments of Jest]\n`);
  process.exitCode = 1;
}
