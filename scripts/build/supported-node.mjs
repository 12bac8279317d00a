/**
 * The first minor versions that load ES modules with `require`, as `@nestjs/throttler` does, and that every package accepts. The
 * same as `engines` in package.json.
 */
const FIRST_MINORS = new Map([
  [20, 19],
  [22, 13],
]);

/**
 * Explains why this Node cannot build or run the project; undefined if it can. Plain JavaScript, so that old versions can run it.
 * @param {string} version such as `18.20.8`.
 * @returns {string | undefined}
 */
export function unsupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const firstMinor = FIRST_MINORS.get(major) ?? Infinity;
  if (major >= 24 || minor >= firstMinor) return undefined;
  return (
    `Cartwright needs Node 24 (20.19 and 22.13 or later also work), and this is Node ${version}. Get it from https://nodejs.org, or with:\n` +
    '  nvm install 24 && nvm use 24'
  );
}
