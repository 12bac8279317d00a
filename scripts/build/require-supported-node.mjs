import process from 'node:process';
import { unsupportedNode } from './supported-node.mjs';

/** Ends the process with an explanation if this Node cannot run the project. To be imported before anything that needs it. */

const unsupported = unsupportedNode(process.versions.node);
if (unsupported !== undefined) {
  process.stderr.write(`${unsupported}\n`);
  process.exit(1);
}
