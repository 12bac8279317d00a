import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** The version in the package.json above this file, in the sources as in the build. */
export const VERSION = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile(), 'utf8'))).version;

function packageFile(directory: string = import.meta.dirname): string {
  const file = join(directory, 'package.json');
  return existsSync(file) ? file : packageFile(dirname(directory));
}
