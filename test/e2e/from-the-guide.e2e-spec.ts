import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchema } from '#config';
import { documentedKeys } from '../../scripts/verify-data/documented-keys.js';
import { ROOT } from '../support/root.js';

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const PAGE = textOf('docs/from-the-guide.md');
const { paths }: { paths: Record<string, object> } = JSON.parse(textOf('openapi.json'));
const { scripts }: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'));

/** What the guide has, by the section of the page that must name it. */
const GUIDE: Readonly<Record<string, readonly string[]>> = {
  Files: ['start_redis.sh', 'redis_manager.py', 'shopping_cart_api.py', 'redis_demo.py', 'docker-compose.yml', '.env'],
  Commands: [
    ...['./start_redis.sh', 'docker-compose up -d redis redis-commander', 'python3 redis_demo.py'],
    ...[
      'python3 shopping_cart_api.py',
      'docker exec -it image_processor_redis redis-cli',
      'http://localhost:8001/docs',
    ],
    ...['KEYS cart:*', 'KEYS session:*', 'HGETALL cart:user123', 'HGET cart:user123 laptop'],
    ...['EXPIRE cart:user123 86400', 'INFO', 'pytest'],
  ],
  Endpoints: [
    ...['POST /cart/add', 'GET /cart', 'PUT /cart/update/{product_id}', 'DELETE /cart/remove/{product_id}'],
    ...['DELETE /cart/clear', 'GET /cart/count', 'POST /session/create', 'GET /session/{session_id}'],
    ...['DELETE /session/{session_id}', 'POST /cache/product/{product_id}', 'GET /cache/product/{product_id}'],
    ...['GET /health', 'GET /redis/info'],
  ],
  'Methods of the manager': [
    ...['add_to_cart', 'get_cart', 'update_cart_item', 'remove_from_cart', 'clear_cart', 'get_cart_count'],
    ...['create_session', 'get_session', 'delete_session', 'cache_product', 'get_cached_product'],
    ...['is_connected', 'get_redis_info'],
  ].map((method) => `cart_manager.${method}`),
  Keys: [
    ...['cart:{user_id}', 'session:{session_id}', 'product:{product_id}', 'rate_limit:{user_id}'],
    'metrics:cart:{operation}:{user_id}',
  ],
  Settings: ['REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD', 'REDIS_DB', 'REDIS_URL', 'SECRET_KEY'],
};

interface Row {
  readonly guide: readonly string[];
  /** What is in code type in the second column. */
  readonly here: readonly string[];
}

const ROW = /^\| (?<guide>[^|]+) \| (?<here>[^|]+) \|/gm;
const CODE = /`([^`]+)`/g;

function codeIn(cell = ''): string[] {
  return Array.from(cell.matchAll(CODE), ([, code = '']) => code);
}

function rowsOf(section: string): Row[] {
  const [, text = ''] = PAGE.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return Array.from(own.matchAll(ROW), ({ groups = {} }) => ({
    guide: codeIn(groups.guide),
    here: codeIn(groups.here),
  }));
}

const here = (section: string): string[] => rowsOf(section).flatMap((row) => row.here);
const everywhere = Object.keys(GUIDE).flatMap((section) => here(section));

const ENDPOINT = /^(?:GET|POST|PUT|PATCH|DELETE) \//;
const SETTING = /^[A-Z]+(?:_[A-Z]+)*$/;
const NPM = /^npm (?:run )?([\w:]+)$/;

describe('docs/from-the-guide.md', () => {
  it('says in which form the time of GET /health is', () => {
    expect(/^\| `GET \/health`.*$/m.exec(PAGE)?.[0]).toMatch(/`timestamp` is in ISO 8601, not in Unix seconds/);
  });

  it.each(Object.entries(GUIDE))('names everything of the guide under %s, and what it is here', (section, names) => {
    const rows = rowsOf(section);
    for (const name of names) {
      const row = rows.find(({ guide }) => guide.includes(name));
      expect({ name, row }).toEqual({ name, row: expect.anything() });
    }
  });

  it('names endpoints that exist', () => {
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const named = everywhere.filter((name) => ENDPOINT.test(name));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !operations.includes(name))).toEqual([]);
  });

  it('names keys that exist', () => {
    const keys = documentedKeys().map(({ name }) => name);
    expect(here('Keys').length).toBeGreaterThan(4);
    expect(here('Keys').filter((name) => !keys.includes(name))).toEqual([]);
  });

  it('names settings that exist', () => {
    const named = [...here('Settings'), ...everywhere].filter((name) => SETTING.test(name));
    expect(named).toEqual(expect.arrayContaining(['REDIS_URL', 'JWT_SECRET', 'PORT', 'RATE_LIMIT_MAX']));
    expect(named.filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const named = everywhere.flatMap((command) => NPM.exec(command)?.[1] ?? []);
    expect(named).toEqual(expect.arrayContaining(['start', 'demo', 'test']));
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
