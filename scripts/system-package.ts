import { execFileSync, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { ExplainedError } from '#kernel';

/** The install commands of package managers. The first one that this system has is used. */
const MANAGERS = [
  { name: 'apt-get', prepare: ['update', '-q'], install: ['install', '-y', '-q', '--no-install-recommends'] },
  { name: 'dnf', prepare: undefined, install: ['install', '-y'] },
  { name: 'apk', prepare: undefined, install: ['add'] },
] as const;

/** The package names of one program in the package managers. */
export type PackageNames = Readonly<Record<(typeof MANAGERS)[number]['name'], string>>;

/**
 * Installs a program with the system's package manager, after announcing it. Output goes to standard error.
 * @throws ExplainedError with the commands to run by hand, if this process may not install it or the installation fails.
 */
export function installSystemPackage(names: PackageNames): void {
  const manager = MANAGERS.find(({ name }) => isOnPath(name));
  if (manager === undefined) {
    throw new ExplainedError(
      `${names['apt-get']} is missing, and this system has no known package manager that could install it.`,
    );
  }

  const commands = [manager.prepare, [...manager.install, names[manager.name]]].filter((args) => args !== undefined);
  runAsAdministrator(names[manager.name], manager.name, commands);
}

/**
 * Fetches the lists of Debian's packages, which a new system may not have.
 * @throws ExplainedError with the command to run by hand.
 */
export function updatePackageLists(): void {
  const { name, prepare } = MANAGERS[0];
  runAsAdministrator('The list of packages', name, [prepare]);
}

/**
 * Runs commands of one program as root, after announcing it.
 * @param what is missing without them.
 * @throws ExplainedError with the commands to run by hand.
 */
export function runAsAdministrator(what: string, program: string, commands: readonly (readonly string[])[]): void {
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  const asTyped = commands.map((args) => ['sudo', program, ...args].join(' ')).join('\n  ');
  if (sudo.length > 0 && !mayUseSudo()) throw new ExplainedError(`${what} is missing. Install it with:\n  ${asTyped}`);

  process.stderr.write(`${what} is missing; installing it with ${program}.\n`);
  for (const args of commands) {
    const [command = '', ...rest] = [...sudo, program, ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(command, rest, { stdio: ['ignore', 2, 2], env });
    if (status !== 0) throw new ExplainedError(`${program} failed. To install by hand:\n  ${asTyped}`);
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
