import { execFile, type ChildProcess } from 'node:child_process';
import { ROOT } from './root.js';

/** The output of a program that has ended; the code is null if a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

// There is no other time limit than Jest's, which fails a test but leaves behind what it has started.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs a program to its end in the project's folder, with only the PATH from the test's environment. */
export async function runProgram(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise((ended) => {
    const child = execFile(file, args, { cwd: ROOT, env }, (_failure, stdout, stderr) => {
      running.delete(child);
      ended({ code: child.exitCode, stdout, stderr });
    });
    running.add(child);
    child.stdin?.end();
  });
}
