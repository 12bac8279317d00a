import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ROOT } from '../support/root.js';

/** For each rule of `.dependency-cruiser.js` a file that breaks it, and what that file imports. */
const VIOLATIONS: Readonly<Record<string, readonly [file: string, ...imported: string[]]>> = {
  'no-circles': ['libs/kernel/src/circle.ts', './circle-too.js'],
  'no-unresolvable': ['libs/kernel/src/lost.ts', './nowhere.js'],
  'libraries-know-no-app': ['libs/session/src/app.ts', '../../../apps/api/src/main.js'],
  'libraries-know-no-tool': ['libs/redis/src/tool.ts', '../../../tools/private-redis/private-redis.js'],
  'client-is-alone': ['packages/client/src/alone.ts', 'node:fs'],
  'only-by-the-clients-name': ['scripts/deep.ts', '../packages/client/src/alone.js'],
  'apps-are-strangers': ['apps/worker/src/main.ts', '../../api/src/main.js'],
  'the-shop-knows-only-the-client': ['apps/shop/src/deep.ts', '#session'],
  'L0-imports-downward-only': ['libs/kernel/src/up.ts', '#config'],
  'L1-imports-downward-only': ['libs/http/src/up.ts', '#auth'],
  'L2-imports-downward-only': ['libs/auth/src/up.ts', '#session'],
  'siblings-are-strangers': ['libs/cart/src/sibling.ts', '#session'],
  'siblings-of-L2-are-strangers': ['libs/throttling/src/sibling.ts', '#auth'],
  'slices-are-strangers': ['libs/cart/src/merge/other.ts', '../lines/cart.service.js'],
  'index-is-the-door': ['libs/session/src/deep.ts', '../../kernel/src/lost.js'],
  'kernel-is-plain': ['libs/kernel/src/far.ts', './near.js'],
  'domain-is-pure': ['libs/cart/src/domain/far.ts', '../storage/near.js'],
  'services-know-no-http': ['libs/session/src/session.service.ts', '#http'],
  'only-stores-reach-the-client': ['libs/session/src/session.reader.ts', '#redis/client'],
  'metrics-are-declared-in-one-place': ['libs/session/src/session.counter.ts', 'prom-client'],
};

/** What those files reach. */
const REACHED: typeof VIOLATIONS = {
  circle: ['libs/kernel/src/circle-too.ts', './circle.js'],
  near: ['libs/kernel/src/near.ts', 'express'],
  nearDomain: ['libs/cart/src/storage/near.ts', '@nestjs/common'],
  service: ['libs/cart/src/lines/cart.service.ts'],
  api: ['apps/api/src/main.ts'],
  tool: ['tools/private-redis/private-redis.ts'],
  auth: ['libs/auth/src/index.ts'],
  config: ['libs/config/src/index.ts'],
  http: ['libs/http/src/index.ts'],
  session: ['libs/session/src/index.ts'],
  client: ['libs/redis/src/client.ts'],
};

const named = z.object({ name: z.string() });
const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: named })),
    ruleSetUsed: z.object({ forbidden: z.array(named) }),
  }),
});

let folder: string;
let found: z.infer<typeof report>['summary'];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartwright-imports-'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.js'])
    cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, ...imported] of [...Object.values(VIOLATIONS), ...Object.values(REACHED)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${imported.map((name) => `import '${name}';\n`).join('')}export {};\n`);
  }
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...[
        '--config',
        '.dependency-cruiser.js',
        '--output-type',
        'json',
        'apps',
        'libs',
        'packages',
        'scripts',
        'tools',
      ],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  found = report.parse(JSON.parse(stdout)).summary;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each(Object.entries(VIOLATIONS))('%s reports a violation', (rule, [file]) => {
  // A circle is reported of any of its files.
  const stem = file.replace('.ts', '');
  const broken = found.violations.filter(({ from }) => from.startsWith(stem)).map(({ rule }) => rule.name);
  expect(broken).toContain(rule);
});

it('every rule is tested', () => {
  const rules = found.ruleSetUsed.forbidden.map(({ name }) => name);
  expect(rules.toSorted()).toEqual(Object.keys(VIOLATIONS).toSorted());
});
