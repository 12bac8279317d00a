import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root.js';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const versionOf = (file: string): string => {
  const { version }: { version: string } = JSON.parse(read(file));
  return version;
};
const VERSION = versionOf('package.json');

/** Each place that states the version, and what it states. */
const PLACES: readonly [place: string, stated: string | undefined][] = [
  ['packages/client/package.json', versionOf('packages/client/package.json')],
  ['package-lock.json', versionOf('package-lock.json')],
  [
    'package-lock.json, the client',
    /"name": "@cartwright\/client",\s+"version": "([^"]+)"/.exec(read('package-lock.json'))?.[1],
  ],
  ['openapi.json', /"version": "([^"]+)"/.exec(read('openapi.json'))?.[1]],
  ['the image of deploy/k8s', /newTag: (\S+)/.exec(read('deploy/k8s/kustomization.yaml'))?.[1]],
  ['docs/deployment.md', /registry\.example\/cartwright:([\d.]+)/.exec(read('docs/deployment.md'))?.[1]],
  ['docs/client.md', /cartwright-client-([\d.]+)\.tgz/.exec(read('docs/client.md'))?.[1]],
  ['packages/client/README.md', /cartwright-client-([\d.]+)\.tgz/.exec(read('packages/client/README.md'))?.[1]],
  ['docs/usage.md', /^ {2}"version": "([^"]+)"/m.exec(read('docs/usage.md'))?.[1]],
  ['docs/versioning.md', /"version": "([^"]+)"/.exec(read('docs/versioning.md'))?.[1]],
  ['the latest release in CHANGELOG.md', /^## \[(\d[^\]]+)\] - \d{4}-\d\d-\d\d$/m.exec(read('CHANGELOG.md'))?.[1]],
];

describe(`the version of package.json, ${VERSION}`, () => {
  it.each(PLACES)('is that of %s', (_place, stated) => {
    expect(stated).toBe(VERSION);
  });
});
