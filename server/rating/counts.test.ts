import { expect, it } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { countBallots } from './counts.ts'
import { ballotOf } from './testing.ts'

it('counts what was answered, and not what every object has', () => {
  const plain = Array.from({ length: 9 }, () => ballotOf(5, { answers: { attitude: 5 } }))
  const odd = JSON.parse('{"attitude":3,"constructor":1}') as Record<string, Level>
  const { answers } = countBallots([...plain, ballotOf(4, { answers: odd })], 10)
  expect(answers).toEqual({ attitude: { 1: 0, 2: 0, 3: 1, 4: 0, 5: 9 } })
})
