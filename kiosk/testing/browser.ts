/** A real Chromium for tests: the system's own where there is one, else the one from npm (Linux x64). */

import { access } from 'node:fs/promises'
import { chromium, type Browser } from 'playwright-core'

const SYSTEM = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
] as const

/**
 * Starts the browser, headless; the caller closes it. Throws when neither browser is there.
 *
 * @param more further switches of Chromium, for instance a camera that plays a file
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  for (const executablePath of SYSTEM) {
    const there = await access(executablePath).then(
      () => true,
      () => false,
    )
    if (there) return chromium.launch({ executablePath, args: ['--no-sandbox', ...more] })
  }
  // Read when the package is imported: without it the libraries a bare machine lacks are not unpacked.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // A single process dies with its first closed page.
  const args = packaged.args.filter((arg) => arg !== '--single-process')
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...args, ...more] })
}
