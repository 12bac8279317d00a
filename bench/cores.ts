import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The server that is measured has this core for itself; Redis and the load have the other. */
export const SERVER_CORE = 0;
export const OTHER_CORE = 1;

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** A command that is held to a core, where the machine has two and `taskset`. */
export function onCore(core: number, [program, ...args]: readonly [string, ...string[]]): [string, ...string[]] {
  return canPin ? ['taskset', '-c', String(core), program, ...args] : [program, ...args];
}

/** Holds this process, which reads what servers print, to the core of the load; what it starts from then on too. */
export function stayOffServerCore(): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(OTHER_CORE), String(process.pid)]);
}
