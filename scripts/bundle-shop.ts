import { cp } from 'node:fs/promises';
import { build } from 'esbuild';

/** The part of `npm run build` that makes `dist/shop/`, which the service serves at `/shop`, of `apps/shop` and the client. */

const OUTPUT = 'dist/shop';

await cp('apps/shop/public', OUTPUT, { recursive: true });
await build({
  entryPoints: ['apps/shop/src/shop.ts'],
  outdir: OUTPUT,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // Readable, because the page is there to be looked at.
  minify: false,
  // From its sources, so that the shop needs no build of the client. Here only, because the shop names the package.
  alias: { '@cartwright/client': './packages/client/src/index.ts' },
  tsconfig: 'apps/shop/tsconfig.json',
  logLevel: 'warning',
});
