import { fuzz } from './fuzz-run.js';
import { fuzzOptions } from './options.js';

/** `npm run fuzz`: random requests of a seed against the service, and what was wrong with the responses. */

const options = fuzzOptions();
process.stdout.write(`seed ${options.seed}, ${options.requests} requests\n`);
const report = await fuzz(options);
process.stdout.write(`${report.toString()}\n`);
process.exit(report.isClean ? 0 : 1);
