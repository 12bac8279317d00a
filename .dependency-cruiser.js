/** Who may import whom: downward only, from L3 to L0. docs/architecture.md tells why; import-rules.e2e-spec.ts breaks each rule. */

const LIBRARIES = {
  L0: 'kernel',
  L1: 'config|http|redis|runtime',
  L2: 'auth|cart-events|throttling',
  L3: 'accounts|cart|session|product-cache|privacy|health',
};
const SLICES = 'lines|saved|merge|checkout|stream';
const FRAMEWORKS = 'node_modules/(@nestjs|express|ioredis|pino|prom-client|rxjs|class-validator|class-transformer)/';

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
      from: { path: '^(libs|tools)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|bench|scripts|test)/' },
    },
    {
      name: 'libraries-know-no-tool',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^tools/' },
    },
    {
      name: 'client-is-alone',
      comment: 'The client runs in browsers: it imports nothing but its own files.',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^packages/client/src/' },
    },
    {
      name: 'only-by-the-clients-name',
      comment: "Others import the client by its package's name.",
      severity: 'error',
      from: { pathNot: '^packages/client/' },
      to: { path: '^packages/client/src/', pathNot: '^packages/client/src/index\\.ts$' },
    },
    {
      name: 'apps-are-strangers',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-shop-knows-only-the-client',
      comment: 'The example shop runs in browsers, as the shops that copy it do.',
      severity: 'error',
      from: { path: '^apps/shop/' },
      to: { pathNot: ['^apps/', '^packages/client/src/index\\.ts$'] },
    },
    layer('L0', `^libs/(${LIBRARIES.L1}|${LIBRARIES.L2}|${LIBRARIES.L3})/`),
    layer('L1', `^libs/(${LIBRARIES.L2}|${LIBRARIES.L3})/`),
    layer('L2', `^libs/(${LIBRARIES.L3})/`),
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
      name: 'siblings-of-L2-are-strangers',
      severity: 'error',
      from: { path: `^libs/(${LIBRARIES.L2})/` },
      to: { path: `^libs/(${LIBRARIES.L2})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'slices-are-strangers',
      severity: 'error',
      from: { path: `^libs/cart/src/(${SLICES})/` },
      to: { path: `^libs/cart/src/(${SLICES})/`, pathNot: '^libs/cart/src/$1/' },
    },
    {
      name: 'index-is-the-door',
      comment: 'From outside, a library is its index.ts, or a named door.',
      severity: 'error',
      from: { path: '^(apps/|bench/|scripts/|test/|libs/([^/]+)/)' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/redis/src/client\\.ts$', '^libs/$2/'],
      },
    },
    {
      name: 'kernel-is-plain',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { path: FRAMEWORKS, reachable: true },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: [FRAMEWORKS, '^libs/(http|redis|runtime|config)/'], reachable: true },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: ['^libs/http/', 'node_modules/(express|@nestjs/platform-express|@nestjs/swagger)/'] },
    },
    {
      name: 'only-stores-reach-the-client',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^libs/redis/', '\\.store\\.ts$', '\\.storage\\.ts$', '\\.health\\.ts$', '\\.spec\\.ts$'],
      },
      to: { path: ['^libs/redis/src/client\\.ts$', '^libs/redis/src/client/', 'node_modules/ioredis/'] },
    },
    {
      name: 'metrics-are-declared-in-one-place',
      comment: 'What is measured can be read in the metrics files; other code only records.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['\\.metrics\\.ts$', '^libs/runtime/src/metrics/', '\\.spec\\.ts$'],
      },
      to: { path: 'node_modules/prom-client/' },
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
