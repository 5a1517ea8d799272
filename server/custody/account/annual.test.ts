import { expect, it } from 'vitest'
import { receiver, toReturn } from '../disposal/testing.ts'
import { gold, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import type { Account, Amount } from './accounting.ts'
import { annualOf, togetherOf, yearOf as wholeOf } from './annual.ts'

const yearOf = (office: Office): number => Number(office.now.slice(0, 4))
const amounts = (side: ReadonlyMap<Account, Amount>) => Object.fromEntries(side)

it('says what was there, came and left, by case, class and outcome, and what is there; it balances', () => {
  const made = toReturn([gold, gold])
  const { office, codes } = made
  const [first = ''] = codes
  const act = {
    type: 'custody.release',
    items: [{ item: first, weight_mg: 100_000 }],
    noticeNumber: '解1',
    receiver,
  } as const
  office.act('li', act, { with: ['wei'] })
  const [line, ...others] = annualOf(office.facts, wholeOf(yearOf(office)))
  expect(others).toEqual([])
  expect(line).toMatchObject({
    ...{ case: '一案', balances: true },
    opening: { pieces: 0, fen: 0, mg: 0 },
    closing: { pieces: 1, fen: 0, mg: 100_000 },
  })
  expect(amounts(line?.came ?? new Map())).toEqual({ taken: { pieces: 2, fen: 0, mg: 200_000 } })
  expect(amounts(line?.left ?? new Map())).toEqual({ returned: { pieces: 1, fen: 0, mg: 100_000 } })
})

it('what one year ends with, the next begins with', () => {
  const { office } = stored(gold)
  const year = yearOf(office)
  const [line] = annualOf(office.facts, wholeOf(year))
  const [next] = annualOf(office.facts, wholeOf(year + 1))
  expect(next).toMatchObject({ opening: line?.closing, closing: line?.closing, balances: true })
  expect(next?.came.size).toBe(0)
  expect(annualOf(office.facts, wholeOf(year - 1))).toEqual([])
})

it('is told by class over all cases, each account together', () => {
  const { office } = stored(gold)
  const [line] = annualOf(office.facts, wholeOf(yearOf(office)))
  if (line === undefined) throw new Error('nothing was taken')
  const [both, ...others] = togetherOf([line, { ...line, case: '二案' }])
  expect(others).toEqual([])
  expect(both).toMatchObject({
    ...{ category: line.category, balances: true },
    closing: { pieces: 2 * line.closing.pieces, mg: 2 * line.closing.mg },
  })
  expect(amounts(both?.came ?? new Map())).toMatchObject({ taken: { pieces: 2 } })
  expect(togetherOf([line, { ...line, balances: false }])[0]?.balances).toBe(false)
})
