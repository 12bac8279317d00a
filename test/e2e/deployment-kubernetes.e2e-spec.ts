import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { CLOSING_SECONDS, firstOf, read } from '../support/deployment-files.js';
import { itWith } from '../support/it-with.js';
import { runProgram } from '../support/run-program.js';
import { ROOT } from '../support/root.js';

describe('deploy/k8s', () => {
  const kustomization = parse(read('deploy/k8s/kustomization.yaml'));
  const { spec: deployment } = parse(read('deploy/k8s/deployment.yaml'));
  const { spec: service } = parse(read('deploy/k8s/service.yaml'));
  const { spec: policy } = parse(read('deploy/k8s/network-policy.yaml'));
  const { spec: budget } = parse(read('deploy/k8s/pod-disruption-budget.yaml'));
  const { spec: autoscaler } = parse(read('deploy/k8s/horizontal-pod-autoscaler.yaml'));
  const config = parseEnv(read('deploy/k8s/config.env'));
  const pod = deployment.template.spec;
  const [container] = pod.containers;

  const missing = firstOf('kubectl kustomize --help') === undefined ? ['kubectl'] : [];
  itWith(missing, 'is built by kustomize without a cluster, and contains no Secret', async () => {
    const { code, stdout } = await runProgram('kubectl', ['kustomize', 'deploy/k8s'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('kind: Deployment');
    expect(stdout).not.toContain('kind: Secret');
  });

  it('applies every manifest except the example Secret', () => {
    const files = readdirSync(join(ROOT, 'deploy/k8s')).filter((file) => file.endsWith('.yaml'));
    const applied = ['kustomization.yaml', 'secret.example.yaml', ...kustomization.resources];
    expect(files.sort()).toEqual(applied.sort());
  });

  it.each([
    ['startupProbe', '/health/live'],
    ['livenessProbe', '/health/live'],
    ['readinessProbe', '/health/ready'],
  ])('has a %s that requests %s', (probe, path) => {
    expect(container[probe].httpGet).toEqual({ path, port: 'http' });
    expect(container.ports).toContainEqual({ name: 'http', containerPort: 8001 });
  });

  it('serves /metrics on a port of its own, which the Service does not have', () => {
    expect(container.ports).toContainEqual({ name: 'metrics', containerPort: 9464 });
    expect(config.METRICS_PORT).toBe('9464');
    expect(service.ports).toHaveLength(1);
  });

  it('has a Service on the port of the pods', () => {
    expect(service.ports).toEqual([{ name: 'http', port: 8001, targetPort: 'http' }]);
  });

  it('runs without root, privileges or a writable file system', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('stops after the drain and the running requests, and a new pod starts first', () => {
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      Number(config.SHUTDOWN_DRAIN_SECONDS) + CLOSING_SECONDS,
    );
    expect(deployment.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('stays available while a node is drained', () => {
    expect(autoscaler.minReplicas).toBeGreaterThan(budget.maxUnavailable);
    expect(deployment).not.toHaveProperty('replicas');
  });

  it('allows incoming requests, and outgoing connections to DNS and Redis', () => {
    expect(policy.ingress).toEqual([8001, 9464].map((port) => ({ ports: [{ protocol: 'TCP', port }] })));
    const names = [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ];
    expect(policy.egress).toEqual([
      { ports: names },
      { ports: [{ protocol: 'TCP', port: Number(config.REDIS_PORT) }] },
    ]);
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
  });

  it('limits the metrics to one namespace if the example of the network policy is uncommented', () => {
    const [, metrics] = parse(read('deploy/k8s/network-policy.yaml').replace(/^( +)# (?=from:| +)/gm, '$1')).spec
      .ingress;
    expect(metrics).toEqual({
      ports: [{ protocol: 'TCP', port: 9464 }],
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    });
  });

  it.each([
    ['identity-provider', 443],
    ['opentelemetry-collector', 4318],
  ])('has a component that allows the pods to reach %s on port %d, and nothing else', (name, port) => {
    const component = parse(read(`deploy/k8s/${name}/kustomization.yaml`));
    expect(component).toMatchObject({ kind: 'Component', resources: ['network-policy.yaml'] });
    expect(read('deploy/k8s/kustomization.yaml')).toMatch(
      new RegExp(`# components:\\n(# {3}- .*\\n)*# {3}- ${name}\\n`),
    );
    const { spec } = parse(read(`deploy/k8s/${name}/network-policy.yaml`));
    expect(spec).toEqual({
      podSelector: policy.podSelector,
      policyTypes: ['Egress'],
      egress: [{ ports: [{ protocol: 'TCP', port }] }],
    });
  });

  it('counts clients by their own addresses behind one ingress', () => {
    expect(config.TRUST_PROXY).toBe('1');
  });

  it.each([
    ['Deployment', deployment.selector.matchLabels],
    ['Service', service.selector],
    ['NetworkPolicy', policy.podSelector.matchLabels],
    ['PodDisruptionBudget', budget.selector.matchLabels],
  ])('has a %s that selects the pods', (_kind, selector) => {
    expect(selector).toEqual(deployment.template.metadata.labels);
  });

  it('reads the ConfigMap and the Secret, and no variables injected for other Services', () => {
    expect(pod.enableServiceLinks).toBe(false);
    const { metadata } = parse(read('deploy/k8s/secret.example.yaml'));
    const [{ name: configMap }] = kustomization.configMapGenerator;
    expect(container.envFrom).toEqual([{ configMapRef: { name: configMap } }, { secretRef: { name: metadata.name } }]);
  });
});
