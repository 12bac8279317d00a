import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { CLOSING_SECONDS, firstOf, read } from '../support/deployment-files.js';
import { itWith } from '../support/it-with.js';
import { runProgram } from '../support/run-program.js';
import { ROOT } from '../support/service-process.js';

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
  itWith(missing, 'is built by kustomize without a cluster, and holds no Secret', async () => {
    const { code, stdout } = await runProgram('kubectl', ['kustomize', 'deploy/k8s'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('kind: Deployment');
    expect(stdout).not.toContain('kind: Secret');
  });

  it('applies every manifest but the example of the Secret', () => {
    const files = readdirSync(join(ROOT, 'deploy/k8s')).filter((file) => file.endsWith('.yaml'));
    const applied = ['kustomization.yaml', 'secret.example.yaml', ...kustomization.resources];
    expect(files.sort()).toEqual(applied.sort());
  });

  it.each([
    ['startupProbe', '/health/live'],
    ['livenessProbe', '/health/live'],
    ['readinessProbe', '/health/ready'],
  ])('has a %s that asks %s', (probe, path) => {
    expect(container[probe].httpGet).toEqual({ path, port: 'http' });
    expect(container.ports).toEqual([{ name: 'http', containerPort: 8001 }]);
  });

  it('has a Service on the port of the pods', () => {
    expect(service.ports).toEqual([{ name: 'http', port: 8001, targetPort: 'http' }]);
  });

  it('runs without root, without rights and without a way to write', () => {
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

  it('ends after the drain and the running requests, and a new one starts before', () => {
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      Number(config.SHUTDOWN_DRAIN_SECONDS) + CLOSING_SECONDS,
    );
    expect(deployment.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('stays up while a node is drained', () => {
    expect(autoscaler.minReplicas).toBeGreaterThan(budget.maxUnavailable);
    expect(deployment).not.toHaveProperty('replicas');
  });

  it('lets in requests, and out names and Redis', () => {
    expect(policy.ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8001 }] }]);
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

  it('has a component that lets the pods out to an identity provider, and to nothing else', () => {
    const component = parse(read('deploy/k8s/identity-provider/kustomization.yaml'));
    expect(component).toMatchObject({ kind: 'Component', resources: ['network-policy.yaml'] });
    expect(read('deploy/k8s/kustomization.yaml')).toContain('# components:\n#   - identity-provider\n');
    const { spec } = parse(read('deploy/k8s/identity-provider/network-policy.yaml'));
    expect(spec).toEqual({
      podSelector: policy.podSelector,
      policyTypes: ['Egress'],
      egress: [{ ports: [{ protocol: 'TCP', port: 443 }] }],
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

  it('reads the ConfigMap and the Secret, and no variable that another Service brings with it', () => {
    expect(pod.enableServiceLinks).toBe(false);
    const { metadata } = parse(read('deploy/k8s/secret.example.yaml'));
    const [{ name: configMap }] = kustomization.configMapGenerator;
    expect(container.envFrom).toEqual([{ configMapRef: { name: configMap } }, { secretRef: { name: metadata.name } }]);
  });
});
