import { expect, it } from 'vitest'
import { blockersOf } from '../disposal/closing.ts'
import {
  approved,
  outcomeOf,
  proposal,
  receiver,
  returning,
  sale,
  toReturn,
  toSell,
  waiting,
} from '../disposal/testing.ts'
import { decidableOf } from '../items/acts.ts'
import { agreed, general, type MadeOffice, stored, withoutLeave } from '../testing.ts'
import { actorOf } from '../testing-people.ts'
import { asksConfirming } from './testing-trips.ts'
import { standsUnapproved } from './unapproved.ts'

const itemIn = ({ office, codes }: MadeOffice) => office.item(codes[0] ?? '')
const caseOf = ({ office }: MadeOffice) => {
  const of = office.cases.get('一案')
  if (of === undefined) throw new Error('no case')
  return of
}
const blockerIn = (made: MadeOffice) => blockersOf(itemIn(made), caseOf(made))[0]?.what.zh
const offered = (made: MadeOffice) => decidableOf(itemIn(made), caseOf(made), actorOf('ou'))
const close = ({ office }: MadeOffice) =>
  outcomeOf(() => office.act('ou', { type: 'custody.close-case', case: '一案' }))
const writesOff = ({ office, codes }: MadeOffice) => office.act('li', { type: 'custody.write-off', items: codes })
const confirms = (made: MadeOffice) => agreed(made.office, asksConfirming(made))
const pays = ({ office, codes: items }: MadeOffice) =>
  office.act('li', { type: 'custody.dispose', items, payment: { voucher: '缴款书 001' } }, { with: ['cai'] })
/** Confiscated and written off by a paper from before the rule. */
const gone = (): MadeOffice => {
  const made = approved()
  pays(made)
  writesOff(made)
  return withoutLeave(made)
}
const givesBack = (made: MadeOffice): void => {
  const { office, codes: items } = made
  office.act('li', { type: 'custody.release', items, noticeNumber: '解1', receiver }, { with: ['wei'] })
  writesOff(made)
}

it('what nobody approved goes no other way than back, and the refusal names it, all that lack it and none besides', () => {
  const made = withoutLeave(stored(general, general))
  const [one = '', other = ''] = made.codes
  const said = (way: object): unknown => {
    try {
      made.office.act('ou', proposal(made.codes, way))
      return 'done'
    } catch (error) {
      return (error as { notice: () => object }).notice()
    }
  }
  for (const way of [{}, { way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true }])
    expect(said(way)).toMatchObject({
      detail: {
        zh: expect.stringContaining(`${one}、${other} 等 2 件`),
        en: expect.stringContaining(`${one}, ${other}`),
      },
      remedy: { zh: expect.stringContaining('补办批准') },
    })
  expect(said(returning(made))).toBe('done')
  confirms({ ...made, codes: [one] })
  expect(said({})).toMatchObject({ detail: { zh: expect.stringContaining(`${other} 等 1 件`) } })
  confirms({ ...made, codes: [other] })
  expect(said({})).toBe('done')
})

it('a paper from before is agreed to or refused as ever, but not carried out until the measure is approved, which may be asked for meanwhile', () => {
  const made = stored(general)
  made.office.act('ou', proposal(made.codes))
  withoutLeave(made)
  for (const person of ['qin', 'tan'])
    made.office.act(person, { type: 'approvals.grant', approval: waiting(made.office) })
  expect(outcomeOf(() => pays(made))).toBe('custody.measure-unapproved')
  expect(offered(made)).toBe('confirm-measure')
  confirms(made)
  expect(outcomeOf(() => pays(made))).toBe('done')
})

it('the gate names what is here, what is gone and what went on paper, and each is approved where it is', () => {
  const here = withoutLeave(stored(general))
  expect(blockerIn(here)).toBe('措施未经批准，须补办批准或解除返还')
  confirms(here)
  expect(blockerIn(here)).toBe('尚未处置')
  const out = gone()
  expect([blockerIn(out), close(out), offered(out)]).toEqual([
    '已处置，措施未经批准，须补办批准',
    'custody.case-unapproved',
    'confirm-measure',
  ])
  confirms(out)
  expect([blockerIn(out), close(out), offered(out)]).toEqual([undefined, 'done', null])
  const moved = approved({ way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true })
  const attachments = ['list', 'photos', 'sealing', 'place'] as const
  const terms = {
    organ: '检察院',
    receipt: '回执 1',
    receiver: { ...receiver, relation: 'organ', authorisation: '证 7' },
  } as const
  const transfer = { ...terms, listOnly: true, attachments }
  moved.office.act('li', { type: 'custody.dispose', items: moved.codes, transfer }, { with: ['wei'] })
  expect(blockerIn(withoutLeave(moved))).toBe('已处置，措施未经批准，须补办批准')
  expect(itemIn(moved).custodyStatus).toBe('IN_STORE')
  confirms(moved)
  expect(close(moved)).toBe('done')
})

it('the gate names all that is in the way of one thing at once, and that it is not disposed of only where nothing else is', () => {
  const approvedOne = stored(general)
  const complained = (made: MadeOffice) =>
    made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'unrelated', note: '与案件无关' })
  const said = (made: MadeOffice, more: object = {}) =>
    blockersOf({ ...itemIn(made), ...more }, caseOf(made)).map(({ what }) => what.zh)
  const out = { custodyStatus: 'BORROWED' }
  expect(said(approvedOne)).toEqual(['尚未处置'])
  expect(said(approvedOne, out)).toEqual(['尚未归还'])
  const made = withoutLeave(stored(general))
  expect(said(made)).toEqual(['措施未经批准，须补办批准或解除返还'])
  complained(made)
  expect(said(made, out)).toEqual(['申诉未处理', '尚未归还', '措施未经批准，须补办批准或解除返还'])
  expect(said(made, { ...out, dispositionStatus: 'PROPOSED' })).toEqual(['申诉未处理', '尚未归还', '处置待审理、审批'])
})

it('what was given back, became others or lawfully stays open is in nobody’s way, and is not asked about', () => {
  const back = withoutLeave(toReturn())
  givesBack(back)
  expect([standsUnapproved(itemIn(back)), blockerIn(back), offered(back)]).toEqual([false, undefined, null])
  expect(outcomeOf(() => asksConfirming(back))).toBe('custody.nothing-to-confirm')
  expect(close(back)).toBe('done')
  const parts = withoutLeave(stored({ ...general, quantity: 2 }))
  const items = [{ item: parts.codes[0] ?? '', parts: [{ quantity: 1 }, { quantity: 1 }] }]
  const { result } = parts.office.act(
    'li',
    { type: 'custody.split', items, reason: '分别保管' },
    { with: ['ou', 'sun'] },
  )
  const born = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => parts.office.item(code))
  expect([standsUnapproved(itemIn(parts)), ...born.map(standsUnapproved)]).toEqual([false, true, true])
  const kept = withoutLeave(stored(general))
  const deed = { command: 'keep-open', items: kept.codes, ground: 'dead', document: '证明 3' } as const
  kept.office.act('ou', { type: 'approvals.ask', deed, reason: '死亡' })
  kept.office.act('tan', { type: 'approvals.grant', approval: waiting(kept.office) })
  expect([blockerIn(kept), offered(kept), close(kept)]).toEqual([undefined, 'confirm-measure', 'done'])
})

it('the money of what was sold stands under the leave that was given afterwards for what brought it', () => {
  const made = toSell()
  withoutLeave(made)
  confirms(made)
  const { result } = made.office.act('li', { type: 'custody.dispose', items: made.codes, sale }, { with: ['cai'] })
  const money = made.office.item(String(result?.['proceeds']))
  expect([money.confirmed, standsUnapproved(money)]).toEqual([itemIn(made).confirmed, false])
})
