import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{server,devices,labels,kiosk,bench}/**/*.test.ts'],
    globalSetup: ['server/database/testing-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: much of a test is waiting for a device or a browser.
    maxWorkers: 3,
    // A busy machine is waited for; what never comes fails all the same.
    expect: { poll: { timeout: 20_000 } },
  },
})
