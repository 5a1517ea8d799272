import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Fault } from '../reading.ts'
import { conversation, type Question } from './conversation.ts'

/** An unplugged cable has to be on the screen by then. */
const SEEN_MS = 3000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const ask = (text: string): Question<string> => {
  const bytes = Buffer.from(text, 'latin1')
  return { bytes, again: bytes, settle: (answer) => (answer === text ? { fault: null } : 'other') }
}

/** A scanner that takes five seconds over an answer if it likes, as some manuals say. */
function patient() {
  const written: string[] = []
  const health: (Fault['code'] | 'well')[] = []
  const talk = conversation<string>(
    {
      write(bytes) {
        written.push(Buffer.from(bytes).toString('latin1'))
        return Promise.resolve()
      },
      turn: (deed) => deed(),
      reading: () => 'reading',
      count: () => undefined,
      health: (fault) => health.push(fault?.code ?? 'well'),
      giveUp: (fault) => health.push(fault.code),
    },
    { patience_ms: 5000, tries: 2, rest_ms: 0, setUp: [ask('set up')], probe: ask('there?') },
  )
  /** It says that, and what follows from it is done. */
  async function says(text: string): Promise<void> {
    talk.heard()
    talk.take(text)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { talk, written, health, says }
}

test('a cable that is pulled right after an answer is seen in time, though the answer is still waited for', async () => {
  const { talk, health, says, written } = patient()
  talk.opened()
  await vi.advanceTimersByTimeAsync(0)
  await says('set up')
  expect(health).toEqual(['well'])
  await vi.advanceTimersByTimeAsync(SEEN_MS)
  expect(health.at(-1)).toBe('no-answer')
  expect(written).toEqual(['set up', 'there?'])
  await says('there?')
  expect(health.at(-1)).toBe('well')
})

test('one that never answers is known to be silent in time, and set up when it comes', async () => {
  const { talk, health, says } = patient()
  talk.opened()
  await vi.advanceTimersByTimeAsync(SEEN_MS)
  expect(health).toEqual(['no-answer'])
  await vi.advanceTimersByTimeAsync(10_000)
  await says('set up')
  expect(health.at(-1)).toBe('well')
})

test('one that speaks by itself is not asked whether it is there; silence is', async () => {
  const { talk, written, health, says } = patient()
  talk.opened()
  await vi.advanceTimersByTimeAsync(0)
  await says('set up')
  for (let scans = 0; scans < 10; scans += 1) {
    await vi.advanceTimersByTimeAsync(900)
    talk.heard()
  }
  expect(written).toEqual(['set up'])
  await vi.advanceTimersByTimeAsync(SEEN_MS)
  expect(written).toEqual(['set up', 'there?'])
  expect(health).toEqual(['well', 'no-answer'])
})

test('an order that is not answered puts it in doubt as soon', async () => {
  const { talk, health, says } = patient()
  talk.opened()
  await vi.advanceTimersByTimeAsync(0)
  await says('set up')
  const beep = talk.ask(ask('beep'), 5000)
  await vi.advanceTimersByTimeAsync(SEEN_MS)
  expect(health).toEqual(['well', 'no-answer'])
  await says('beep')
  expect(await beep).toBeNull()
  await vi.advanceTimersByTimeAsync(1000)
  await says('there?')
  expect(health.at(-1)).toBe('well')
})

test('nothing is said or asked after the end', async () => {
  const { talk, health, written, says } = patient()
  talk.opened()
  await vi.advanceTimersByTimeAsync(0)
  await says('set up')
  await vi.advanceTimersByTimeAsync(1000)
  talk.closed(null)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(health).toEqual(['well'])
  expect(written).toEqual(['set up', 'there?'])
})
