module.exports = {
  testEnvironment: '<rootDir>/test/environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {jsc: {parser: {syntax: 'typescript'}, target: 'es2022'}, module: {type: 'commonjs', ignoreDynamic: true}},
    ],
  },
  moduleNameMapper: {'^convlab$': '<rootDir>/lib/src/index.ts'},
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/lib/dist/', '<rootDir>/.venv/'],
  collectCoverageFrom: ['lib/src/**/*.ts'],
  coverageDirectory: '.cache/coverage',
  testTimeout: 60_000,
  maxWorkers: 2,
};
