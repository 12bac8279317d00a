/** Who may import whom: downward only, from L3 to L0. docs/architecture.md tells why. */

const LIBRARIES = {
  L0: 'kernel',
  L1: 'config|http|redis|runtime',
  L2: 'auth|cart-events|throttling',
  L3: 'accounts|cart|session|product-cache|health',
};

/** No library of a layer may import from the folders in `to`. */
const layer = (name, to) => ({
  name: `${name}-imports-downward-only`,
  severity: 'error',
  from: { path: `^libs/(${LIBRARIES[name]})/` },
  to: { path: to },
});

const module = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'libraries-know-no-app',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|bench|scripts|test)/' },
    },
    layer('L0', `^libs/(${LIBRARIES.L1}|${LIBRARIES.L2}|${LIBRARIES.L3})/`),
    layer('L1', `^libs/(${LIBRARIES.L2}|${LIBRARIES.L3})/`),
    layer('L2', `^libs/(${LIBRARIES.L3})/`),
    {
      name: 'config-knows-no-redis',
      severity: 'error',
      from: { path: '^libs/config/' },
      to: { path: '^libs/redis/' },
    },
    {
      name: 'siblings-are-strangers',
      comment: 'Libraries of L2 and L3 never import each other: what one needs of another is a port.',
      severity: 'error',
      from: { path: `^libs/(${LIBRARIES.L2}|${LIBRARIES.L3})/` },
      to: {
        path: `^libs/(${LIBRARIES.L2}|${LIBRARIES.L3})/`,
        pathNot: ['^libs/$1/', `^libs/(${LIBRARIES.L2})/src/index.ts$`],
      },
    },
    {
      name: 'auth-and-throttling-are-strangers',
      severity: 'error',
      from: { path: `^libs/(${LIBRARIES.L2})/` },
      to: { path: `^libs/(${LIBRARIES.L2})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'index-is-the-door',
      comment: 'From outside, a library is its index.ts.',
      severity: 'error',
      from: { path: '^(apps/|bench/|scripts/|test/|libs/([^/]+)/)' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/domain/' },
      to: { path: 'node_modules/(@nestjs|ioredis|express)/' },
    },
    {
      name: 'only-stores-call-redis',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^libs/redis/', '\\.store\\.ts$', '\\.storage\\.ts$', '\\.health\\.ts$', 'throttling\\.module\\.ts$'],
      },
      to: { path: 'node_modules/ioredis/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },

    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'require', 'types', 'default'],
    },
  },
};

export default module;
