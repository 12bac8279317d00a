import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { luaScripts } from '../support/lua-scripts.js';
import { ROOT } from '../support/root.js';
import { freePort, ServiceProcess } from '../support/service-process.js';
import { TEST_SECRET } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

describe('The bundle', () => {
  const api = useTestApp();

  it('documents the API exactly as the sources do, so every class has kept its name', async () => {
    const port = await freePort();
    const environment = {
      NODE_ENV: 'test',
      REDIS_URL: api.server.url,
      JWT_SECRET: TEST_SECRET,
      AUTH_DEV_TOKENS: 'true',
    };
    const service = ServiceProcess.startProd({ ...environment, PORT: String(port) });
    await service.printed(/Listening on/);
    const documented: unknown = await fetch(`http://127.0.0.1:${port}/docs-json`).then((answer) => answer.json());
    await service.end('SIGKILL');
    const { body } = await api.http.get('/docs-json').expect(200);
    expect(documented).toEqual(body);
  });

  it('contains the Lua scripts of all libraries', () => {
    const scripts = luaScripts();
    expect(scripts.size).toBeGreaterThan(0);
    for (const [file, text] of scripts)
      expect(readFileSync(join(ROOT, 'dist/api', file.slice(file.lastIndexOf('lua/'))), 'utf8')).toBe(text);
  });
});
