/** What a browser test asks of a page before people may use it. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** A finger hits what is so large. */
const TARGET_PX = 60

/** What axe finds wrong with the page as it stands. */
export async function axeFinds(page: Page): Promise<unknown[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))
  })
}

/** What can be touched on the page and is too small for a finger. */
export async function smallTargets(page: Page): Promise<unknown[]> {
  const targets = page.locator('button:visible, a:visible, input:visible, textarea:visible')
  return targets.evaluateAll((all, least) => {
    const boxes = all.map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
    return boxes.filter(({ box }) => box.width < least || box.height < least)
  }, TARGET_PX)
}
