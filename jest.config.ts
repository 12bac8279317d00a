/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/**
 * Tests run as CommonJS: with native modules, `@nestjs/throttler` (CommonJS) could load Nest (ESM) on Node 24 only.
 * So swc also compiles the packages that come as ES modules alone.
 */
const ES_MODULES = [
  '@nestjs',
  '@seriousme',
  'file-type',
  'strtok3',
  '@tokenizer',
  'token-types',
  'uint8array-extras',
  'jose',
];

const swc = {
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/** Fault tests of more than ten seconds are left to `npm run test:long` and `npm run faults`. */
const LONG_TESTS = process.env.TEST_LONG === 'true' ? [] : ['/test/faults/long/'];

const config: Config = {
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/{apps,bench,libs,packages,scripts}/**/*.spec.ts',
    '<rootDir>/test/e2e/**/*.e2e-spec.ts',
    '<rootDir>/test/faults/**/*.e2e-spec.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', ...LONG_TESTS],
  moduleNameMapper: {
    '^#redis/client$': '<rootDir>/libs/redis/src/client.ts',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@cartwright/client$': '<rootDir>/packages/client/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  testTimeout: 30_000,
  // A machine with two cores would get one by default. The tests wait more than they compute.
  maxWorkers: 2,
  // Each file leaves about 60 MB of compiled modules behind. With gigabytes of them, garbage collection stops a worker for so long
  // that tests of time limits fail.
  workerIdleMemoryLimit: '1GB',
  collectCoverageFrom: ['apps/**/*.ts', 'libs/**/*.ts', 'packages/*/src/**/*.ts', '!**/*.spec.ts', '!**/main.ts'],
  coverageDirectory: 'coverage',
  coverageReporters: ['text', 'lcov'],
};

export default config;
