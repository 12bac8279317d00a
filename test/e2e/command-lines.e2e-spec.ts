import { runProgram } from '../support/run-program.js';
import { TEST_SECRET } from '../support/tokens.js';

// On a busy machine, programs start slowly; only one that never ends is wrong.
jest.setTimeout(180_000);

const SCRIPTS = [
  ...['dist/api/token.js', 'dist/scripts/demo.js', 'dist/scripts/faults.js', 'dist/scripts/test-redis.js'],
  ...['dist/scripts/layout.js', 'dist/scripts/verify-data.js', 'dist/bench/bench.js', 'dist/bench/memory.js'],
  ...['dist/bench/bench-pairs.js', 'dist/bench/soak.js', 'dist/test/fuzz/fuzz.js', 'dist/test/drill/drill.js'],
];

const run = async (script: string, ...args: string[]) =>
  runProgram(process.execPath, [script, ...args], { JWT_SECRET: TEST_SECRET });

it.each(SCRIPTS)('%s explains itself with --help, and rejects an unknown option with one line', async (script) => {
  const [helped, rejected] = await Promise.all([run(script, '--help'), run(script, '--nope')]);
  expect(helped).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: npm run \S+/), stderr: '' });
  expect(rejected).toEqual({ code: 2, stdout: '', stderr: "Unknown option '--nope'. Try --help.\n" });
});

it.each([
  ['dist/api/token.js', [], 'The user id is missing'],
  ['dist/api/token.js', ['a b'], 'The user id must be 1 to 128 characters'],
  ['dist/api/token.js', ['a', 'b'], "Unexpected argument 'b'"],
  ['dist/api/token.js', ['a', '--roles'], "Option '--roles <value>' argument missing"],
  ['dist/api/token.js', ['a', '--expires-in', '0'], '--expires-in takes a whole number from 1 to 31536000'],
  ['dist/api/token.js', ['a', '--expires-in', '1h'], '--expires-in takes a whole number'],
  ['dist/scripts/demo.js', ['8001'], "Unexpected argument '8001'"],
  ['dist/scripts/faults.js', [], 'The name of a fault is missing'],
  ['dist/scripts/faults.js', ['earthquake'], 'There is no fault earthquake'],
  ['dist/scripts/test-redis.js', ['valkey'], 'The kind of Redis is one of acl, tls, sentinel, cluster'],
  ['dist/bench/bench-pairs.js', [], 'Pass --against, --set or both'],
  ['dist/bench/bench-pairs.js', ['--against', 'libs'], 'There is no build in '],
  ['dist/bench/bench-pairs.js', ['--set', 'METRICS_PORT'], '--set takes NAME=value, not METRICS_PORT'],
  ['dist/bench/bench-pairs.js', ['--pairs', '1'], '--pairs takes a whole number from 2 to 100'],
  ['dist/bench/soak.js', ['--minutes', 'x'], '--minutes takes a number up to 60'],
  ['dist/test/drill/drill.js', ['--only', 'earthquake'], 'There is no fault earthquake'],
  ['dist/test/fuzz/fuzz.js', ['--requests', '-1'], "Option '--requests' argument is ambiguous"],
])('%s %j says what is wrong and exits with 2', async (script, args, says) => {
  const { code, stdout, stderr } = await run(script, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr).toMatch(/Try --help\.\n$/);
});

it('a token with a role that this service does not know is printed, with a warning beside it', async () => {
  const { code, stdout, stderr } = await run('dist/api/token.js', 'anna', '--roles', 'order,ops');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect(stderr).toMatch(/^This service ignores order; its roles are .*orders/);
});
