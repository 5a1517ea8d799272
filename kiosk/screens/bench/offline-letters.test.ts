import { expect, test } from 'vitest'
import { saidOffline } from './offline-letters.ts'

test('what is said while the line is down is all there', () => {
  for (const letter of '连接中断恢复后自动重') expect(saidOffline().join('')).toContain(letter)
})
