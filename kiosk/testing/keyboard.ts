/** Keys as the system hands them to a browser, each at the moment it says, however slow the machine that runs the test. */

import type { CDPSession, Page } from 'playwright-core'

export interface Key {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly text?: string
  readonly ctrl?: boolean
  readonly alt?: boolean
}

const ALT = 1
const CTRL = 2
const SHIFT = 8
/**
 * The first stroke is dated this far ahead: the page's timers count from the strokes' own times, so that silence begins only when all of
 * them have arrived.
 */
const AHEAD_MS = 1_500

export const ENTER: Key = { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' }
export const TAB: Key = { key: 'Tab', code: 'Tab', keyCode: 9 }

/** The keys of a text of letters, digits, spaces and hyphens. */
export function keysOf(text: string): Key[] {
  return [...text].map((character) => {
    const upper = character.toUpperCase()
    if (character === ' ') return { key: ' ', code: 'Space', keyCode: 32, text: ' ' }
    if (character === '-') return { key: '-', code: 'Minus', keyCode: 189, text: '-' }
    const code = /\d/.test(character) ? `Digit${character}` : `Key${upper}`
    return { key: character, code, keyCode: upper.charCodeAt(0), text: character }
  })
}

/** Presses and releases each key, `gap_ms` apart. */
export async function strike(page: Page, keys: readonly Key[], gap_ms: number): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const from_ms = Date.now() + AHEAD_MS
  const sent = keys.flatMap((one, index) => {
    const shift = /^[A-Z]$/.test(one.key) ? SHIFT : 0
    const event = {
      key: one.key,
      code: one.code,
      windowsVirtualKeyCode: one.keyCode,
      modifiers: (one.ctrl ? CTRL : 0) | (one.alt ? ALT : 0) | shift,
      timestamp: (from_ms + index * gap_ms) / 1_000,
    }
    const text = one.text === undefined ? {} : { text: one.text }
    return [
      session.send('Input.dispatchKeyEvent', {
        ...event,
        ...text,
        type: one.text === undefined ? 'rawKeyDown' : 'keyDown',
      }),
      session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' }),
    ]
  })
  await Promise.all(sent)
  await session.detach()
}
