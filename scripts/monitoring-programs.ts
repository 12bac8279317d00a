import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ExplainedError } from '#kernel';
import {
  installSystemPackage,
  isOnPath,
  runAsAdministrator,
  updatePackageLists,
  type PackageNames,
} from './system-package.js';

const FOLDER = resolve('.data/monitoring');

/** Debian's Alertmanager does not start without these, and reads them only here. */
const TEMPLATES = '/usr/share/prometheus/alertmanager';
const TEMPLATE_FILES = ['default.tmpl', 'email.tmpl'];

/** The packages of the programs. Debian's names of two programs are not those of their projects. */
const PACKAGES = {
  prometheus: { 'apt-get': 'prometheus', dnf: 'golang-github-prometheus', apk: 'prometheus' },
  alertmanager: {
    'apt-get': 'prometheus-alertmanager',
    dnf: 'golang-github-prometheus-alertmanager',
    apk: 'alertmanager',
  },
  exporter: {
    'apt-get': 'prometheus-redis-exporter',
    dnf: 'golang-github-oliver006-redis-exporter',
    apk: 'prometheus-redis-exporter',
  },
} as const satisfies Record<string, PackageNames>;

const PROGRAMS = {
  prometheus: { names: ['prometheus'], from: PACKAGES.prometheus },
  promtool: { names: ['promtool'], from: PACKAGES.prometheus },
  alertmanager: { names: ['alertmanager', 'prometheus-alertmanager'], from: PACKAGES.alertmanager },
  amtool: { names: ['amtool'], from: PACKAGES.alertmanager },
  redis_exporter: { names: ['redis_exporter', 'prometheus-redis-exporter'], from: PACKAGES.exporter },
} as const;

export type MonitoringProgram = keyof typeof PROGRAMS;

/** The command of a program, or undefined if there is none. Run it in the project's folder. */
export function findMonitoringProgram(program: MonitoringProgram): string | undefined {
  const { names } = PROGRAMS[program];
  const isUsable = (path: string): boolean => existsSync(path) && (program !== 'alertmanager' || existsSync(TEMPLATES));
  return names.find(isOnPath) ?? names.map((name) => join(FOLDER, 'usr/bin', name)).find(isUsable);
}

/**
 * Returns the command of a program, and installs the program if there is none. Debian's packages would also start a server, so only
 * their programs are taken out of them.
 * @throws ExplainedError with what to do by hand.
 */
export function ensureMonitoringProgram(program: MonitoringProgram): string {
  const found = findMonitoringProgram(program);
  if (found !== undefined) return found;
  const { from } = PROGRAMS[program];
  if (isOnPath('apt-get') && isOnPath('dpkg-deb')) {
    extractFromDebianPackage(program, from['apt-get']);
    if (program === 'alertmanager') copyTemplates();
  } else installSystemPackage(from);
  const installed = findMonitoringProgram(program);
  if (installed === undefined) throw new ExplainedError(`The package has no ${program}. Install ${program} by hand.`);
  return installed;
}

function extractFromDebianPackage(program: MonitoringProgram, packageName: string): void {
  const download = mkdtempSync(join(tmpdir(), 'cartwright-'));
  try {
    const fetched = (): boolean => succeeds('apt-get', ['download', '-q', packageName], download);
    process.stderr.write(`${program} is missing; taking it out of the package ${packageName}.\n`);
    if (!fetched()) {
      updatePackageLists();
      if (!fetched()) throw new ExplainedError(`apt-get cannot download ${packageName}. Install ${program} by hand.`);
    }
    const [file = ''] = readdirSync(download);
    mkdirSync(FOLDER, { recursive: true });
    const extract = 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" ./usr/bin ./usr/share';
    if (!succeeds('sh', ['-c', extract, 'sh', file, FOLDER], download))
      throw new ExplainedError(`${file} has no programs. Install ${program} by hand.`);
  } finally {
    rmSync(download, { recursive: true });
  }
}

function copyTemplates(): void {
  const copies = TEMPLATE_FILES.map((name) => [
    '-D',
    '-m',
    '644',
    join(FOLDER, TEMPLATES, name),
    join(TEMPLATES, name),
  ]);
  runAsAdministrator('The text of notifications', 'install', copies);
}

/** Runs a command in a folder, with its output on standard error. */
function succeeds(command: string, args: readonly string[], folder: string): boolean {
  return spawnSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] }).status === 0;
}
