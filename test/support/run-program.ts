import { execFile } from 'node:child_process';
import { ROOT } from './service-process.js';

const TIMEOUT_MS = 20_000;

/** What a program said until it ended; the code is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end in the project's folder, with the PATH and nothing else of the test's environment. */
export async function runProgram(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise((ended) => {
    const child = execFile(file, args, { cwd: ROOT, env, timeout: TIMEOUT_MS }, (_failure, stdout, stderr) => {
      ended({ code: child.exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });
}
