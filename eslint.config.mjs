import tseslint from 'typescript-eslint';
import {floors} from './tools/lint/floors.mjs';

export default tseslint.config(
  {ignores: ['**/node_modules/', 'lib/dist/', 'docs/api/', 'build/', '.venv/', '.cache/', 'test/fixtures/']},
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      // Index access is already checked by noUncheckedIndexedAccess; `!` marks the places where a loop proves the bound.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    files: ['lib/src/**/*.ts'],
    plugins: {convlab: {rules: {floors}}},
    rules: {'convlab/floors': 'error'},
  },
  {
    files: ['lib/src/**/*.ts'],
    ignores: ['lib/src/tfjs/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message:
            'What tfjs hides is read in lib/src/tfjs; elsewhere types say what a value is, without "as unknown as".',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {parserOptions: {projectService: false}},
    rules: {'@typescript-eslint/no-require-imports': 'off'},
  },
);
