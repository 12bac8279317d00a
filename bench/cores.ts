import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The measured server has this core to itself; Redis and the load share the other. */
export const SERVER_CORE = 0;
export const OTHER_CORE = 1;

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Pins a command to a core if the machine has two cores and `taskset`. */
export function onCore(core: number, [program, ...args]: readonly [string, ...string[]]): [string, ...string[]] {
  return canPin ? ['taskset', '-c', String(core), program, ...args] : [program, ...args];
}

/**
 * Pins this process, which reads what servers print, to the core of the load, together with all processes that it starts from
 * then on.
 */
export function stayOffServerCore(): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(OTHER_CORE), String(process.pid)]);
}
