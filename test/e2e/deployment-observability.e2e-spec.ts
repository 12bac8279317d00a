import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { read, serviceNames, services, volumes } from '../support/deployment-files.js';
import { ROOT } from '../support/root.js';

const DATA_SOURCES = 'deploy/grafana/provisioning/datasources';

const collector = parse(read('deploy/otel/collector.yml'));
const tempo = parse(read('deploy/tempo/tempo.yml'));

/** Where a service's containers listen for others, by its own configuration. */
const LISTENING: Readonly<Record<string, readonly string[]>> = {
  // The default of Prometheus, which is published too.
  prometheus: ['9090'],
  'otel-collector': [portOf(collector.receivers.otlp.protocols.http.endpoint)],
  tempo: [String(tempo.server.http_listen_port), portOf(tempo.distributor.receivers.otlp.protocols.http.endpoint)],
};

function portOf(endpoint: string): string {
  return endpoint.slice(endpoint.lastIndexOf(':') + 1);
}

/** A mount as `source:target:ro`. */
const mountsOf = (name: string): string[][] =>
  (services[name].volumes ?? []).map((mount: string): string[] => mount.split(':'));

function expectListening(address: string): void {
  const { hostname, port } = new URL(address);
  expect(serviceNames).toContain(hostname);
  expect(LISTENING[hostname]).toContain(port);
}

describe.each(serviceNames)('%s', (name) => {
  it('mounts only files of the repository, read-only, and volumes that are declared', () => {
    for (const [source = '', , mode] of mountsOf(name)) {
      if (!source.startsWith('./')) expect(volumes).toHaveProperty([source]);
      else expect([source, existsSync(join(ROOT, source)), mode]).toEqual([source, true, 'ro']);
    }
  });

  it('is started with files that it mounts', () => {
    const paths = [services[name].command ?? []].flat().flatMap((part: string) => /\/etc\/.+\.yml$/.exec(part) ?? []);
    for (const path of paths) {
      const mount = mountsOf(name).find(([, target]) => target !== undefined && path.startsWith(`${target}/`));
      const [source = '', target = ''] = mount ?? [];
      expect([path, existsSync(join(ROOT, source, path.slice(target.length)))]).toEqual([path, true]);
    }
  });
});

it.each(readdirSync(join(ROOT, DATA_SOURCES)))('the data source of %s names a service that listens there', (file) => {
  const { datasources } = parse(read(join(DATA_SOURCES, file)));
  expect(datasources).toHaveLength(1);
  for (const { url } of datasources) expectListening(url);
});

describe('the OpenTelemetry collector', () => {
  it('listens at the endpoint that the documentation names for the service', () => {
    for (const page of ['docs/tracing.md', '.env.example', 'docker-compose.yml']) {
      const [endpoint = ''] = /http:\/\/otel-collector:\d+/.exec(read(page)) ?? [];
      expectListening(endpoint);
    }
  });

  it('passes spans on to where Tempo receives them', () => {
    expectListening(collector.exporters.otlp_http.endpoint);
  });

  it('uses each component that it has, and limits memory first and below the limit of its container', () => {
    const { receivers, processors, exporters } = collector.service.pipelines.traces;
    expect(receivers).toEqual(Object.keys(collector.receivers));
    expect(processors).toEqual(['memory_limiter', 'batch']);
    expect(exporters).toEqual(Object.keys(collector.exporters));
    expect(collector.processors.memory_limiter.limit_mib).toBeLessThan(
      parseInt(services['otel-collector'].mem_limit, 10),
    );
  });
});

it('Tempo stores traces in its volume, and deletes them after two days', () => {
  expect(tempo.backend_worker.compaction.block_retention).toBe('48h');
  const [, target = ''] = mountsOf('tempo').find(([source]) => source === 'tempo_data') ?? [];
  const { local, wal } = tempo.storage.trace;
  for (const { path } of [local, wal]) expect(path.startsWith(`${target}/`)).toBe(true);
});

describe('the dashboard of traces', () => {
  const dashboard = JSON.parse(read('deploy/grafana/dashboards/traces.json'));
  const queries: string[] = dashboard.panels.flatMap(({ targets }: { targets: { query: string }[] }) =>
    targets.map(({ query }) => query),
  );

  it('asks the data source of Tempo', () => {
    const [{ uid }] = parse(read(join(DATA_SOURCES, 'tempo.yml'))).datasources;
    for (const { datasource } of dashboard.panels) expect(datasource).toEqual({ type: 'tempo', uid });
  });

  it('searches by attributes that the spans of requests have', () => {
    const attributes = queries.flatMap((query) =>
      Array.from(query.matchAll(/span\.([\w.]+)/g), ([, name = '']) => name),
    );
    expect(attributes).toEqual(['http.route']);
    expect(read('libs/runtime/src/tracing/open-telemetry/server-spans.ts')).toContain('ATTR_HTTP_ROUTE');
  });

  it('shows the trace that a table or the reader names', () => {
    const names = dashboard.templating.list.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['service', 'trace']);
    expect(queries).toContain('$trace');
    expect(JSON.stringify(dashboard)).toContain(`/d/${dashboard.uid}?`);
  });
});
