import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

const promisesAndSwitches = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/ban-ts-comment': 'error',
  eqeqeq: 'error',
  'no-console': 'error',
}

export default tseslint.config(
  { ignores: ['node_modules', 'kiosk/dist*', 'data', '**/*.mjs'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: promisesAndSwitches,
  },
  {
    files: ['kiosk/**/*.svelte'],
    extends: [svelte.configs['flat/base']],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parserOptions: { parser: tseslint.parser, projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: promisesAndSwitches,
  },
  {
    files: ['server/cli/**', 'bench/**', 'devices/emulators/**', '**/*.test.ts', 'server/testing.ts'],
    rules: { 'no-console': 'off' },
  },
)
