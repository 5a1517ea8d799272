/** What hands do at a bench, and what eyes wait for on its screen. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { CommandWord } from '../../server/stations/protocol.ts'
import { ENTER, keysOf, strike } from '../testing/keyboard.ts'
import type { Demonstration } from './demonstration.ts'

/** Between the keys of a PIN: no scanner is that slow. */
const KEY_MS = 120
/** No hand shows one thing, takes it away and shows it again within this time; readers take that for one long look, and rightly. */
const AGAIN_MS = 1_500
const VERDICT = 'section.verdict'
/** Wherever a page says what became of the last deed. */
const ANSWERS = `${VERDICT}, [role="alert"], [data-testid="ask"]`

/** Waits until something on the page says these words; a failure tells what it said instead. */
export async function says(page: Page, selector: string, words: string | RegExp): Promise<void> {
  try {
    await page.locator(selector).filter({ hasText: words }).first().waitFor()
  } catch (error) {
    const instead = `${await textsOf(page, selector)}; the page answers: ${await textsOf(page, ANSWERS)}`
    throw new Error(`${selector} never said “${words}”; it says: ${instead}`, { cause: error })
  }
}

async function textsOf(page: Page, selector: string): Promise<string> {
  const texts = (await page.locator(selector).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))
  return texts.join(' | ') || 'nothing'
}

/** The row of a table that holds this text. */
export function row(page: Page, text: string): ReturnType<Page['locator']> {
  return page.locator('tbody tr', { hasText: text })
}

/** Waits until the row that holds `text` also holds each of `words`; a failure tells the row. */
export async function rowSays(page: Page, text: string, ...words: readonly string[]): Promise<void> {
  for (const word of words) {
    try {
      await row(page, text).filter({ hasText: word }).first().waitFor()
    } catch (error) {
      const instead = (await row(page, text).allInnerTexts()).join(' | ').replaceAll(/\s+/g, ' ')
      throw new Error(`the row of ${text} never said “${word}”; it says: ${instead || 'nothing'}`, { cause: error })
    }
  }
}

export interface Hands {
  readonly page: Page
  /** A scan on the wire of this station's scanner. */
  scan(text: string): Promise<void>
  /** A command card by the scanner. */
  card(word: CommandWord): Promise<void>
  badge(person: string): Promise<void>
  /** Types the PIN that is asked for on the screen. */
  pin(person: string): Promise<void>
  /** Badge and PIN of whoever opens or resumes a shift. */
  signIn(person: string): Promise<void>
  /** Presses the answer of just these words on the screen. */
  press(words: string): Promise<void>
  /** Waits for what the screen asks now. */
  asked(words: string): Promise<void>
  /** Waits until the last thing done was taken, in these words. */
  taken(words: string): Promise<void>
  /** Waits until the last thing done was refused or was a fault: code, words, and the rule where there is one. */
  refused(code: string, words: string, rule?: string): Promise<void>
}

export interface Instruments {
  readonly scanner: string
  /** Where badges are read: a reader of their own, or the scanner. */
  readonly badge: string | null
}

/** Hands at a station whose screen is `page`. */
export async function handsAt(demo: Demonstration, page: Page, { scanner, badge }: Instruments): Promise<Hands> {
  const cards = new Map((await demo.codes()).commands.map(({ word, payload }) => [word, payload]))
  const shown = new Map<string, number>()
  const show = async (device: string, kind: 'scan' | 'badge', text: string): Promise<void> => {
    const rest_ms = (shown.get(text) ?? -Infinity) + AGAIN_MS - performance.now()
    if (rest_ms > 0) await pause(rest_ms)
    await demo.emulate(device, { [kind]: text })
    shown.set(text, performance.now())
  }
  const scan = (text: string): Promise<void> => show(scanner, 'scan', text)
  const present = (person: string): Promise<void> => {
    const { badge: worn } = demo.person(person)
    return badge === null ? scan(worn) : show(badge, 'badge', worn)
  }
  const pin = async (person: string): Promise<void> => {
    const { name, pin: secret } = demo.person(person)
    await says(page, '.pad label', name)
    await strike(page, [...keysOf(secret), ENTER], KEY_MS)
  }
  return {
    page,
    scan,
    card: (word) => scan(cards.get(word) ?? ''),
    badge: present,
    pin,
    signIn: async (person) => {
      await present(person)
      await pin(person)
      await says(page, VERDICT, `${demo.person(person).name} 已登录`)
    },
    press: async (words) => {
      await page.locator(`.answers button:has(.label:text-is("${words}"))`).click()
    },
    asked: (words) => says(page, '[data-testid="ask"]', words),
    taken: (words) => says(page, `${VERDICT}[data-state="ok"], ${VERDICT}[data-state="attention"]`, words),
    refused: async (code, words, rule) => {
      const verdict = `${VERDICT}[data-state="refused"], ${VERDICT}[data-state="fault"]`
      await says(page, `:is(${verdict}):has(.code:text-is("${code}"))`, words)
      if (rule !== undefined) await says(page, `:is(${verdict}) dl`, rule)
    },
  }
}
