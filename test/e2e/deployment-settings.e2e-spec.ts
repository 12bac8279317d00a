import { parse } from 'yaml';
import { OPEN_TELEMETRY_VARIABLES } from '#config';
import { app, COMPOSE_ONLY, namesIn, read, SECRETS, services, tagged } from '../support/deployment-files.js';

const isOfService = (name: string): boolean => !OPEN_TELEMETRY_VARIABLES.includes(name);

describe('every deployment file', () => {
  const { stringData } = parse(read('deploy/k8s/secret.example.yaml'));
  const known = namesIn(read('.env.example'));

  it.each([
    ['docker-compose.yml', Object.keys(app.environment).filter(isOfService)],
    ['docker-compose.yml, from outside', SECRETS.filter((name) => !COMPOSE_ONLY.includes(name))],
    ['the ConfigMap', namesIn(read('deploy/k8s/config.env'))],
    ['the example of the Secret', Object.keys(stringData)],
  ])('sets only what .env.example lists: %s', (_file, names) => {
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('docker-compose.yml passes on every setting except those that it sets itself', () => {
    const isOfAnotherRedis = (name: string): boolean => /^REDIS_(MODE|SENTINEL|TLS)/.test(name);
    const others = known.filter(isOfAnotherRedis);
    const decided = ['HOST', 'REDIS_URL', 'REDIS_USERNAME', 'REDIS_DB', 'AUTH_DEV_TOKENS', ...others];
    const left = known.filter((name) => !Object.hasOwn(app.environment, name) && !COMPOSE_ONLY.includes(name));
    expect(left.toSorted()).toEqual(decided.toSorted());
  });

  it('docker-compose.yml passes on every variable that docs/tracing.md lists', () => {
    const [, table = ''] = read('docs/tracing.md').split('## Other settings');
    const listed: string[] = table.match(/\bOTEL_\w+/g) ?? [];
    expect(listed).toEqual(expect.arrayContaining(OPEN_TELEMETRY_VARIABLES));
    expect(listed.filter((name) => !Object.hasOwn(app.environment, name))).toEqual([]);
  });

  it('has a tag for every image, and never uses latest', () => {
    const { images } = parse(read('deploy/k8s/kustomization.yaml'));
    const named = [...Object.keys(services).map((name): string => services[name].image), ...images.map(tagged)];
    for (const image of named) expect(image).toMatch(/^[\w./-]+:(?!latest\b)[\w.-]+(@sha256:[0-9a-f]{64})?$/);
  });

  it('contains no secret', () => {
    expect(Object.values(stringData)).toEqual(['replace-me', 'replace-me']);
    expect(namesIn(read('deploy/k8s/config.env')).filter((name) => [...SECRETS, 'JWT_SECRET'].includes(name))).toEqual(
      [],
    );
  });
});
