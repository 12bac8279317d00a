/** The project's folder: npm and Jest run there. The tests are CommonJS and the fuzzer is ESM, so neither way to ask a module works in both. */
export const ROOT = process.cwd();
