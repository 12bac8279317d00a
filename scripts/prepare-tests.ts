import { spawnSync } from 'node:child_process';
import { ensureRedis } from './ensure-redis.js';
import { ensureMonitoringProgram } from './monitoring-programs.js';
import { installSystemPackage, isOnPath, type PackageNames } from './system-package.js';

/**
 * Runs before the tests and installs the programs that they use. Redis is required. A test that finds no Chromium, curl,
 * Python, promtool, Alertmanager or redis_exporter says so and is skipped, or fails if `CI` is set (test/support/it-with.ts).
 */

await ensureRedis();
installUnless(isOnPath('chromium'), { 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium' });
installUnless(isOnPath('curl'), { 'apt-get': 'curl', dnf: 'curl', apk: 'curl' });
installUnless(isOnPath('openssl'), { 'apt-get': 'openssl', dnf: 'openssl', apk: 'openssl' });
installUnless(hasPythonRequests(), { 'apt-get': 'python3-requests', dnf: 'python3-requests', apk: 'py3-requests' });
for (const program of ['promtool', 'alertmanager', 'amtool', 'redis_exporter'] as const) {
  attempt(() => ensureMonitoringProgram(program));
}

function installUnless(present: boolean, names: PackageNames): void {
  if (present) return;
  attempt(() => {
    installSystemPackage(names);
  });
}

function attempt(install: () => unknown): void {
  try {
    install();
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\nTests that need it are skipped, or fail if CI is set.\n`,
    );
  }
}

/** The system's own Python, because another one on the PATH would not see the system's packages. */
function hasPythonRequests(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import requests'], { stdio: 'ignore' }).status === 0;
}
