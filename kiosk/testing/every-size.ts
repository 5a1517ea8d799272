import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The sizes that screens are made for: a desk's, a bench's, and one that stands upright. */
const SIZES = [
  [1920, 1080],
  [1280, 800],
  [800, 1280],
] as const
const HAN = /\p{Script=Han}/u

/** Nothing of the page lies beyond the edge, however large the screen. */
export async function fitsEverySize(page: Page): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true)
  }
}

/** From here on the page speaks English. */
export async function inEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('html[lang="en"]').waitFor()
}

/** Of what these elements say nothing is Chinese any more, and they say something. */
export async function saysNoChinese(page: Page, elements: string, least: number): Promise<void> {
  const said = await page.locator(`:is(${elements}):visible`).allInnerTexts()
  expect(said.length).toBeGreaterThan(least)
  expect(said.filter((text) => HAN.test(text))).toEqual([])
}
