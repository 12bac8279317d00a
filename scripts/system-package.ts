import { execFileSync, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { ExplainedError } from '#kernel';

/** How each package manager installs; the first one that this system has is used. */
const MANAGERS = [
  { name: 'apt-get', prepare: ['update', '-q'], install: ['install', '-y', '-q', '--no-install-recommends'] },
  { name: 'dnf', prepare: undefined, install: ['install', '-y'] },
  { name: 'apk', prepare: undefined, install: ['add'] },
] as const;

/** The names that one program goes by in the package managers. */
export type PackageNames = Readonly<Record<(typeof MANAGERS)[number]['name'], string>>;

/**
 * Installs a program with the system's package manager, saying so first. Output goes to standard error.
 * @throws ExplainedError with the commands that a person could run, where this process may not install, or it fails.
 */
export function installSystemPackage(names: PackageNames): void {
  const manager = MANAGERS.find(({ name }) => isOnPath(name));
  if (manager === undefined)
    throw new ExplainedError(`Install ${names['apt-get']} by hand: no known package manager is here.`);

  const commands = [manager.prepare, [...manager.install, names[manager.name]]].filter((args) => args !== undefined);
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  const asTyped = commands.map((args) => ['sudo', manager.name, ...args].join(' ')).join('\n  ');
  if (sudo.length > 0 && !mayUseSudo())
    throw new ExplainedError(`${names[manager.name]} is missing. Install it with:\n  ${asTyped}`);

  process.stderr.write(`${names[manager.name]} is missing; installing it with ${manager.name}.\n`);
  for (const args of commands) {
    const [command = '', ...rest] = [...sudo, manager.name, ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(command, rest, { stdio: ['ignore', 2, 2], env });
    if (status !== 0) throw new ExplainedError(`${manager.name} failed. To install by hand:\n  ${asTyped}`);
  }
}

export function isOnPath(command: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command], { stdio: 'ignore' }).status === 0;
}

function isRoot(): boolean {
  return userInfo().uid === 0;
}

function mayUseSudo(): boolean {
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
