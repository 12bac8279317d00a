import { parse } from 'yaml';
import { app, COMPOSE_ONLY, namesIn, read, SECRETS, services, tagged } from '../support/deployment-files.js';

describe('every deployment file', () => {
  const { stringData } = parse(read('deploy/k8s/secret.example.yaml'));
  const known = namesIn(read('.env.example'));

  it.each([
    ['docker-compose.yml', Object.keys(app.environment)],
    ['docker-compose.yml, from outside', SECRETS.filter((name) => !COMPOSE_ONLY.includes(name))],
    ['the ConfigMap', namesIn(read('deploy/k8s/config.env'))],
    ['the example of the Secret', Object.keys(stringData)],
  ])('sets what .env.example lists: %s', (_file, names) => {
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('docker-compose.yml hands on every setting, except those that it decides', () => {
    const isOfAnotherRedis = (name: string): boolean => /^REDIS_(MODE|SENTINEL|TLS)/.test(name);
    const others = known.filter(isOfAnotherRedis);
    const decided = ['HOST', 'REDIS_URL', 'REDIS_USERNAME', 'REDIS_DB', 'AUTH_DEV_TOKENS', ...others];
    const left = known.filter((name) => !Object.hasOwn(app.environment, name) && !COMPOSE_ONLY.includes(name));
    expect(left.toSorted()).toEqual(decided.toSorted());
  });

  it('has a tag for every image, and never the latest', () => {
    const { images } = parse(read('deploy/k8s/kustomization.yaml'));
    const named = [...Object.keys(services).map((name): string => services[name].image), ...images.map(tagged)];
    for (const image of named) expect(image).toMatch(/^[\w./-]+:(?!latest\b)[\w.-]+(@sha256:[0-9a-f]{64})?$/);
  });

  it('gives no secret away', () => {
    expect(Object.values(stringData)).toEqual(['replace-me', 'replace-me']);
    expect(namesIn(read('deploy/k8s/config.env')).filter((name) => [...SECRETS, 'JWT_SECRET'].includes(name))).toEqual(
      [],
    );
  });
});
