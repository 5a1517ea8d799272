/** Takes the README's pictures from the running demonstration: `npm run pictures`. */

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startDemonstration } from '../journeys/demonstration.ts'
import { launchBrowser } from './browser.ts'

const PICTURES = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
const KEY_MS = 90
const WAIT_MS = 20_000

const demonstration = await startDemonstration({}, ['--votes'])
const browser = await launchBrowser()

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

async function asked(bench: Page, kind: string): Promise<void> {
  await bench.locator(`[data-ask="${kind}"]`).waitFor({ timeout: WAIT_MS })
}

try {
  const { cases } = await demonstration.get<{ cases: { number: string }[] }>('zhang-wei', '/api/cases?limit=50')
  const accountOf = async (of: string) => {
    const number = cases.find((one) => one.number.includes(of))?.number ?? ''
    const path = `/api/cases/${encodeURIComponent(number)}`
    return { number, ...(await demonstration.get<{ items: { code: string }[] }>('zhang-wei', path)) }
  }
  const stored = await accountOf('〕2号')
  const pending = await accountOf('〕4号')

  const desk = await demonstration.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(stored.number)}`)
  await desk.locator('tbody tr').first().waitFor({ timeout: WAIT_MS })
  await take(desk, 'case-1280')

  const watch = await demonstration.open(browser, 'zhou-ping', `/supervise/items/${stored.items[6]?.code ?? ''}`)
  await watch.locator('[data-state="ok"].proof').waitFor({ timeout: WAIT_MS })
  await take(watch, 'item-1280')

  const bench = await demonstration.openBench(browser, 'bench-1')
  const sign = async (person: string): Promise<void> => {
    const { badge, pin } = demonstration.person(person)
    await demonstration.emulate('scanner-1', { scan: badge })
    await asked(bench, 'pin')
    await bench.keyboard.type(pin, { delay: KEY_MS })
    await bench.keyboard.press('Enter')
  }
  await asked(bench, 'scan-badge')
  await sign('chen-jing')
  await asked(bench, 'scan-anything')
  await demonstration.emulate('scale-1', { weigh_mg: 38_627 })
  await demonstration.emulate('scanner-1', { scan: pending.items[1]?.code ?? '' })
  await asked(bench, 'scan-badge')
  await sign('zhang-wei')
  await asked(bench, 'confirm')
  await take(bench, 'bench-1280')

  const hall = await demonstration.open(browser, 'zhou-ping', '/rating/dashboard')
  await hall.getByRole('heading', { level: 2 }).first().waitFor({ timeout: WAIT_MS })
  await hall.setViewportSize({ width: 1280, height: 1210 })
  await take(hall, 'rating-1280')

  const panel = await demonstration.open(browser, 'xu-system', '/demo')
  await panel.getByText('scanner-1').first().waitFor({ timeout: WAIT_MS })
  await take(panel, 'panel-1280')
} finally {
  await browser.close()
  await demonstration.stop()
}
