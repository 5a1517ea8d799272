import { expect, it } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { countBallots } from './counts.ts'
import { ballotOf } from './testing.ts'

const OF = { questionnaire: 'hall-service@1', least: 10 }

it('counts what was answered, and not what every object has', () => {
  const plain = Array.from({ length: 9 }, () => ballotOf(5, { answers: { attitude: 5 } }))
  const odd = JSON.parse('{"attitude":3,"constructor":1}') as Record<string, Level>
  const { answers } = countBallots([...plain, ballotOf(4, { answers: odd })], OF)
  expect(answers).toEqual({ attitude: { 1: 0, 2: 0, 3: 1, 4: 0, 5: 9 } })
})

it('counts the level alone of a ballot that was asked other questions', () => {
  const plain = Array.from({ length: 10 }, () => ballotOf(5, { answers: { attitude: 5 }, reasons: ['kind'] }))
  const other = ballotOf(1, { questionnaire: 'hall-1@2', answers: { attitude: 1 }, reasons: ['kind'] })
  expect(countBallots([...plain, other], OF)).toMatchObject({
    ...{ overall: { 1: 1, 5: 10 }, answers: { attitude: { 1: 0, 5: 10 } }, reasons: { kind: 10 }, unread: 0 },
  })
})
