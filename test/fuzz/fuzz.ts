import { fuzzOptions } from './options.js';

/** `npm run fuzz`: sends random requests from a seed to the service, and reports faulty responses. */

const options = fuzzOptions();
process.stdout.write(`seed ${options.seed}, ${options.requests} requests\n`);
// Only now, because it loads the whole service, which `--help` does not need.
const { fuzz } = await import('./fuzz-run.js');
const report = await fuzz(options);
process.stdout.write(`${report.toString()}\n`);
process.exit(report.isClean ? 0 : 1);
