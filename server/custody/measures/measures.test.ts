import { expect, it } from 'vitest'
import { measuresOfTrack, type Track } from '../axes.ts'
import { waiting, outcomeOf, proposal, receiver } from '../disposal/testing.ts'
import { agreed, asksFor, general, granted, officeWith, taking, withoutLeave } from '../testing.ts'
import { leaveFor, wantsApproval } from './approving.ts'
import {
  asksConfirming,
  asksConverting,
  frozen,
  handedIn,
  type Made,
  officeOf,
  takenOnTheSpot,
  takes,
} from './testing-trips.ts'

const grant = ({ office }: Made, approval: string, person = 'zhao') =>
  office.act(person, { type: 'approvals.grant', approval })
const itemIn = ({ office, codes }: Made) => office.item(codes[0] ?? '')
/** Proposed to be returned by ou, granted, and given back by another officer with ou. */
const givenBack = (made: Made): void => {
  const { office, codes } = made
  const foundAt = office.now
  office.act('ou', proposal(codes, { way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt }))
  grant(made, waiting(office))
  office.act('wei', { type: 'custody.release', items: codes, noticeNumber: '解1', receiver }, { with: ['chief'] })
}

it('呈批: the department agrees, then the organ, and the measure is taken while that holds', () => {
  const made = officeWith()
  const { office } = made
  const approval = asksFor(office, 'SEIZED')
  grant(made, approval)
  expect(office.cases.get('一案')?.approvedMeasures).toBeUndefined()
  expect(outcomeOf(() => grant(made, approval, 'zhao'))).toBe('approvals.not-approver')
  grant(made, approval, 'tan')
  expect(office.cases.get('一案')?.approvedMeasures).toMatchObject([{ approval, kind: 'SEIZED', approver: 'tan' }])
  const [code = ''] = takes(made, general, { kind: 'SEIZED', approval })
  expect(office.item(code)).toMatchObject({ measureStatus: 'SEIZED', measure: { approval } })
  expect(outcomeOf(() => takes(made, general, { kind: 'SEALED_UP', approval }))).toBe('custody.measure-not-approved')
  office.wait(24 * 31)
  expect(outcomeOf(() => takes(made, general, { kind: 'SEIZED', approval }))).toBe('custody.measure-not-approved')
})

it('account books of the current year are agreed to by the organ too, whoever agreed before; those of earlier years are not', () => {
  const made = officeOf('TAX')
  const { office } = made
  const approval = asksFor(office, 'EXTRACTED')
  grant(made, approval)
  const year = office.now.slice(0, 4)
  const books = (bookYear: string) => {
    const details = { pages: '240', original: 'original', bookYear } as const
    return takes(made, { ...general, category: 'documents', details }, { kind: 'EXTRACTED', approval })
  }
  const [earlier = ''] = books(String(Number(year) - 1))
  expect(wantsApproval(office.item(earlier))).toBe(false)
  const codes = books(year)
  expect(wantsApproval(office.item(codes[0] ?? ''))).toBe(true)
  const asked = asksConfirming({ ...made, codes })
  grant(made, asked)
  expect(wantsApproval(office.item(codes[0] ?? ''))).toBe(true)
  grant(made, asked, 'tan')
  expect(wantsApproval(office.item(codes[0] ?? ''))).toBe(false)
})

it('a measure that was taken before it was agreed to is not taken under the grant', () => {
  const made = officeWith()
  const takenAt = made.office.now
  made.office.wait(1)
  const approval = granted(made.office, 'EXTRACTED')
  const early = { kind: 'EXTRACTED', approval, takenAt } as const
  expect(outcomeOf(() => takes(made, general, early))).toBe('custody.measure-not-approved')
})

it('主动上交: taken in with approval, then held under a measure, and from then on disposed of like the rest', () => {
  const made = handedIn()
  expect(itemIn(made)).toMatchObject({ measureStatus: 'VOLUNTARY_RECEIVED', custodyStatus: 'WITH_CASE_DEPT' })
  agreed(made.office, asksConverting(made))
  expect(itemIn(made)).toMatchObject({
    ...{ measureStatus: 'SEIZED', measure: { kind: 'SEIZED', noticeNumber: '扣字〔2026〕9号' } },
    custodyStatus: 'WITH_CASE_DEPT',
  })
  expect(outcomeOf(() => asksConverting(made))).toBe('custody.wrong-order')
})

it('主动上交: what is not held is given back, and disposed of in no other way', () => {
  const made = handedIn()
  expect(outcomeOf(() => made.office.act('ou', proposal(made.codes)))).toBe('custody.surrender-undecided')
  givenBack(made)
  expect(itemIn(made)).toMatchObject({ measureStatus: 'RELEASED', dispositionStatus: 'DONE_RETURN' })
})

it('冻结: an account stays with its bank, is lent to nobody, and is unfrozen by its release', () => {
  const made = frozen()
  const { office, codes } = made
  expect(itemIn(made)).toMatchObject({ measureStatus: 'FROZEN', custodyStatus: 'THIRD_PARTY', category: 'account' })
  expect(outcomeOf(() => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' }))).toBe(
    'custody.wrong-order',
  )
  givenBack(made)
  expect(itemIn(made)).toMatchObject({ measureStatus: 'RELEASED', custodyStatus: 'OUT' })
})

it('on the spot: approved afterwards once, and by nobody of the case', () => {
  const made = takenOnTheSpot()
  expect(itemIn(made).measure).toMatchObject({ emergency: true })
  const approval = asksConfirming(made)
  expect(outcomeOf(() => grant(made, approval, 'chief'))).toBe('custody.officer-decides')
  agreed(made.office, approval)
  expect(itemIn(made).confirmed).toMatchObject({ approval, approver: 'tan' })
  expect(outcomeOf(() => asksConfirming(made))).toBe('custody.nothing-to-confirm')
})

it('a trader without tax registration is marked on a seizure of the tax track alone', () => {
  const made = officeOf('TAX')
  const [code = ''] = takes(made, general, { kind: 'SEIZED', unregisteredTrader: true })
  expect(made.office.item(code).measure).toEqual({
    ...{ kind: 'SEIZED', unregisteredTrader: true, noticeNumber: taking.measure.noticeNumber },
    ...{ officers: expect.any(Array), place: expect.any(Object), takenAt: expect.any(String) },
  })
})

it('on its notice alone: taken all the same, an open point until it is approved by all who would have agreed before', () => {
  const made = withoutLeave(officeWith(general))
  expect(wantsApproval(itemIn(made))).toBe(true)
  const approval = asksConfirming(made)
  grant(made, approval)
  expect(wantsApproval(itemIn(made))).toBe(true)
  grant(made, approval, 'tan')
  expect(wantsApproval(itemIn(made))).toBe(false)
  const effects = withoutLeave(officeWith({ ...general, category: 'personal-effects' }))
  expect(wantsApproval(itemIn(effects))).toBe(false)
  for (const track of Object.keys(measuresOfTrack) as Track[])
    for (const kind of measuresOfTrack[track]) expect(leaveFor(track, kind), `${track} ${kind}`).not.toBe('notice')
})

it('what was taken on the spot is approved wherever it is by then', () => {
  for (const custodyStatus of ['DEPOSITED', 'BORROWED', 'AT_APPRAISAL'] as const) {
    const made = takenOnTheSpot()
    const [code = ''] = made.codes
    made.office.items.set(code, { ...itemIn(made), custodyStatus })
    agreed(made.office, asksConfirming(made))
    expect(itemIn(made).confirmed?.approver).toBe('tan')
  }
})
