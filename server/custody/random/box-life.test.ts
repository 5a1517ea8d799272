import { describe, expect, it } from 'vitest'
import { faultsOfBoxes } from './testing-box-life.ts'
import type { CountEntry } from './testing-count-reads.ts'

const [BOX, SHELF, ONE, TWO, LOAN] = ['C1', 'L1', 'W1', 'W2', 'loan-1'] as const
const NOTHING = { boxes: [], items: [], openLoans: new Map() }

type Told = readonly [type: string, subject: string, body: CountEntry['body']]

/** What the model says of these acts, each told by its facts. */
const wrong = (...acts: readonly (readonly Told[])[]): string =>
  faultsOfBoxes(
    acts.flatMap((facts, nth) =>
      facts.map(([type, subject, body]) => ({
        ...{ type: `custody.${type}`, subject, body, at: `2026-03-02T01:00:0${nth}.000Z` },
        ...{ actor: 'chen-jing', with: ['liu-yang'] },
      })),
    ),
    NOTHING,
  ).join('\n')

const box = `container/${BOX}`
const added: Told = ['container-added', box, { location: SHELF, capacity: 5 }]
const into = (item: string): Told => ['moved', `item/${item}`, { from: 'L2', to: SHELF, container: BOX }]
const filled = [[added], [into(ONE), into(TWO)]] as const
const sealed: Told = ['container-sealed', box, { number: 'S1' }]
const lent = (item: string, seal: string | null = 'S1', loan: string = LOAN): Told => [
  ...(['lent', `item/${item}`, { loan, inBox: { container: BOX, seal } }] as const),
]
const boxLent = (items: number): Told => ['container-lent', box, { loan: LOAN, items, seal: 'S1', location: SHELF }]
const wentOut = [...filled, [sealed], [lent(ONE), lent(TWO), boxLent(2)]] as const
const back = (item: string): Told => [
  ...(['returned', `item/${item}`, { location: SHELF, container: BOX, sealedIn: { container: BOX } }] as const),
]
const boxBack = (items: number): Told => [
  ...(['container-returned', box, { loan: LOAN, location: SHELF, items, seal: 'intact' }] as const),
]

describe('the model of boxes', () => {
  it('has nothing against one that is sealed, lent whole and brought back under its seal', () => {
    expect(wrong(...wentOut, [boxBack(2), back(ONE), back(TWO)])).toBe('')
  })

  it.each<[string, string, readonly (readonly Told[])[]]>([
    ['is taken from under a seal', 'through the seal', [...filled, [sealed], [['moved', `item/${ONE}`, { to: 'L2' }]]]],
    ['is put under a seal', 'which is sealed', [[added], [into(ONE)], [sealed], [into(TWO)]]],
    ['stays behind', 'was lent with', [...filled, [sealed], [lent(ONE), boxLent(1)]]],
    [
      'goes on a loan of its own',
      'was lent on one loan',
      [...filled, [sealed], [lent(ONE), lent(TWO, 'S1', 'x'), boxLent(2)]],
    ],
    ['goes out as in a box that did not go', 'says it was in it', [...filled, [lent(ONE, null)]]],
    ['is put into a box that is out', 'which is out', [...wentOut, [into('W3')]]],
    ['is not brought with the others', 'came back intact', [...wentOut, [boxBack(1), back(ONE)]]],
    [
      'came by itself before',
      'after something was taken out',
      [...wentOut, [['returned', `item/${ONE}`, { location: SHELF }]], [boxBack(1), back(TWO)]],
    ],
  ])('sees that a thing %s', (_, what, acts) => {
    expect(wrong(...acts)).toContain(what)
  })

  it('sees a box that is lent twice, carried while it is out, or sealed under a number that was used', () => {
    expect(wrong(...wentOut, [boxLent(2)])).toContain('which is out')
    expect(wrong(...wentOut, [['container-moved', box, { to: 'L2', items: 0 }]])).toContain('which is out')
    expect(wrong(...filled, [sealed], [['container-opened', box, { number: 'S1' }]], [sealed])).toContain('used twice')
  })
})
