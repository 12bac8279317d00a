import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../support/root.js';

const BUNDLE = join(ROOT, 'dist/api');
const STATIC_IMPORT = /^(?:import|export)\b[^;'"]*["'](\.[^"']+)["'];?$/gm;

/** The files that Node loads before the first line of the program runs. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    loadedWith(join(dirname(file), path), found);
  }
  return found;
}

describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('the bundle loads nothing of OpenTelemetry but the API, which prom-client imports', () => {
    const loaded = Array.from(loadedWith(join(BUNDLE, 'service.js')), (file) => relative(BUNDLE, file));
    expect(loaded).toEqual(expect.arrayContaining(['service.js', 'packages/ioredis.js']));
    expect(loaded.filter((file) => /open-?telemetry/.test(file))).toEqual(['packages/@opentelemetry-api.js']);
  });
});
