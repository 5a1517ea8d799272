import { expect, test } from 'vitest'
import { fetchOfflineLetters, offlineLetters } from './offline-letters.ts'

test('the letters of what is said while the line is down are fetched in both weights, each once', async () => {
  const asked: [font: string, letters: string][] = []
  await fetchOfflineLetters({
    load: async (font, letters = '') => {
      asked.push([font, letters])
      return []
    },
  })
  expect(asked.map(([font]) => font.slice(0, 3))).toEqual(['400', '700'])
  for (const [, letters] of asked) for (const letter of '连接中断恢复后自动重') expect(letters).toContain(letter)
  expect(new Set(offlineLetters()).size).toBe([...offlineLetters()].length)
})

test('a slice that cannot be fetched stops nothing', async () => {
  await fetchOfflineLetters({ load: () => Promise.reject(new Error('the line is down')) })
})
