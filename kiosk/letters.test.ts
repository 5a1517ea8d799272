import { afterEach, expect, test, vi } from 'vitest'
import { fetchLetters, LETTERS_MS } from './letters.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('the letters are fetched in both weights, each once', async () => {
  const asked: [weight: string, letters: string][] = []
  await fetchLetters(
    {
      load: async (font, letters = '') => {
        asked.push([font.slice(0, 3), letters])
        return []
      },
    },
    ['满意', '不满意'],
  )
  expect(asked).toEqual([
    ['400', '满意不'],
    ['700', '满意不'],
  ])
})

test('a slice that cannot be fetched stops nothing', async () => {
  await fetchLetters({ load: () => Promise.reject(new Error('the line is down')) }, ['满意'])
})

test('a slice that never comes holds the page back for so long and no longer', async () => {
  vi.useFakeTimers()
  let there = false
  void fetchLetters({ load: () => new Promise(() => undefined) }, ['满意']).then(() => (there = true))
  await vi.advanceTimersByTimeAsync(LETTERS_MS - 1)
  expect(there).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(there).toBe(true)
})
