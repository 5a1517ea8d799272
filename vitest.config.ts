import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * The last line of a run, for people and for programs: `N passed, N failed`. Above it, what passed at the second try only: a machine may
 * stumble once, but each such test is to be looked at.
 */
const lastLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], errors) {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky === true)
          process.stdout.write(`\nat the second try: ${module.relativeModuleId} > ${test.fullName}\n`)
        if (test.result().state === 'passed') passed += 1
        else if (test.result().state === 'failed') failed += 1
      }
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  },
}

export default defineConfig({
  test: {
    include: ['{server,devices,labels,kiosk,bench}/**/*.test.ts'],
    globalSetup: ['server/database/testing-setup.ts'],
    reporters: ['default', lastLine],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: much of a test is waiting for a device or a browser.
    maxWorkers: 3,
    retry: 1,
    // A busy machine is waited for; what never comes fails all the same.
    expect: { poll: { timeout: 20_000 } },
  },
})
