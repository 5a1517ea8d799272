import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { itemsLentIn } from '../keeping/containers.ts'
import { codeFrom, general, gold, stored } from '../testing.ts'
import { emptyScene } from '../scene.ts'
import type { BorrowDeed, NewItem } from '../schemas.ts'
import type { ActOptions, Office } from '../testing-office.ts'
import { loanLevels } from './granting.ts'

type Made = ReturnType<typeof stored> & { readonly box: string }

/** Things in a box on the shelf that fits the first of them. */
function boxed(...lines: readonly NewItem[]): Made {
  const made = stored(...lines)
  const location = lines[0]?.category === 'general' ? made.shelf : made.safe
  const place = { store: 'store-1', name: '证物箱', location, capacity: 9 }
  const box = codeFrom(made.office.act('li', { type: 'custody.add-container', ...place }))
  made.office.act('li', { type: 'custody.move', items: made.codes, location: box }, { with: ['sun'] })
  return { ...made, box }
}

const later = (office: Office): string => new Date(Date.parse(office.now) + 48 * 3_600_000).toISOString()
function asks({ office, box }: Made, items: readonly string[], person = 'ou'): string {
  const deed = { command: 'borrow', items, container: box, dueAt: later(office), purpose: 'APPRAISAL' } as const
  return (office.act(person, { type: 'approvals.ask', deed, reason: '送鉴定' }).result as { id: string }).id
}
function granted(made: Made): string {
  const approval = asks(made, made.codes)
  made.office.act('zhao', { type: 'approvals.grant', approval })
  return approval
}
const lends = ({ office, codes, box }: Made, approval: string, items: readonly object[] | readonly string[] = codes) =>
  office.act(
    'li',
    { type: 'custody.borrow', items: items as string[], approval, container: box },
    { with: ['ou', 'sun'] },
  )
const returns = (
  { office, box, shelf }: Made,
  more: { seal?: 'intact' | 'broken'; location?: string } = {},
  options: ActOptions = {},
) =>
  office.act(
    'li',
    { type: 'custody.return-container', container: box, location: shelf, ...more },
    { with: ['ou', 'sun'], ...options },
  )
const seals = ({ office, box }: Made, number = '箱封1') =>
  office.act('li', { type: 'custody.seal-container', container: box, number }, { with: ['sun'] })
/** Lent whole. */
function out(made: Made): Made {
  lends(made, granted(made))
  return made
}

describe('a box is asked for as a whole', () => {
  it('by what lies in it and nothing else, and says nothing of the rest', () => {
    const made = boxed(general, general)
    expect(outcomeOf(() => asks(made, made.codes.slice(1)))).toBe('custody.container-content')
    expect(outcomeOf(() => asks({ ...made, box: 'C0000000000000' }, made.codes))).toBe('custody.container-content')
    expect(outcomeOf(() => asks(made, made.codes, 'han'))).toBe('custody.not-case-officer')
    expect(outcomeOf(() => asks(made, made.codes))).toBe('done')
  })

  it('and granted for what lies in it then: what was taken out or put in meanwhile keeps it', () => {
    const made = boxed(general, general)
    const { office, codes, shelf } = made
    const approval = asks(made, codes)
    office.act('li', { type: 'custody.move', items: codes.slice(1), location: shelf })
    expect(outcomeOf(() => office.act('zhao', { type: 'approvals.grant', approval }))).toBe('custody.container-content')
  })

  it('by whoever agrees to the strictest of it: one thing that takes the organ too takes it for all', () => {
    const made = boxed(general, general)
    const [first = ''] = made.codes
    made.office.items.set(first, { ...made.office.item(first), category: 'hazard' })
    const terms = { dueAt: later(made.office), purpose: 'COURT' } as const
    const deed: BorrowDeed = { command: 'borrow', items: made.codes, container: made.box, ...terms }
    expect(loanLevels({ ...emptyScene, sight: 'all', items: made.office.items }, deed)).toEqual(['department', 'organ'])
  })
})

describe('a box is lent as a whole', () => {
  it('in one act, each thing by facts of its own, and leaves its shelf', () => {
    const made = boxed(general, general)
    const { office, codes, box, shelf } = made
    const { facts } = lends(made, granted(made))
    expect(facts.map(({ type, subject }) => [type, subject])).toEqual([
      ...codes.flatMap((code) => [
        ['custody.lent', `item/${code}`],
        ['custody.received-on-loan', `item/${code}`],
      ]),
      ['custody.loan-opened', expect.stringMatching(/^loan\//)],
      ['custody.container-lent', `container/${box}`],
    ])
    expect(facts[0]?.body).toMatchObject({ inBox: { container: box, seal: null }, location: shelf })
    expect(office.containers.get(box)?.lent).toMatchObject({ borrower: 'ou' })
    for (const code of codes) {
      expect(office.item(code)).toMatchObject({ custodyStatus: 'BORROWED', location: null, loan: { container: box } })
      expect(office.item(code).holdings.filter(({ to }) => to === null)).toMatchObject([{ who: 'person/ou' }])
    }
    expect(itemsLentIn(office, box)).toEqual([...codes].sort())
  })

  it('and not in part, nor with what was granted by itself, nor what is in it by itself', () => {
    const made = boxed(general, general)
    const { office, codes, box } = made
    const approval = granted(made)
    expect(outcomeOf(() => lends(made, approval, codes.slice(1)))).toBe('custody.container-content')
    const alone = { type: 'custody.borrow', items: codes.slice(1), approval } as const
    expect(outcomeOf(() => office.act('li', alone, { with: ['ou'] }))).toBe('custody.container-granted')
    const single = boxed(general)
    const deed = { command: 'borrow', items: single.codes, dueAt: later(single.office), purpose: 'APPRAISAL' } as const
    const { id } = single.office.act('ou', { type: 'approvals.ask', deed, reason: '送鉴定' }).result as { id: string }
    single.office.act('zhao', { type: 'approvals.grant', approval: id })
    expect(outcomeOf(() => lends(single, id))).toBe('custody.container-not-granted')
    // Nobody else is promised what is.
    expect(outcomeOf(() => asks(made, codes))).toBe('custody.reserved')
    expect(box).not.toBe('')
  })

  it('sealed as it stands, unless something in it is weighed at every hand-over', () => {
    const made = boxed(general, general)
    seals(made)
    const { facts } = lends(made, granted(made))
    expect(facts[0]?.body).toMatchObject({ inBox: { container: made.box, seal: '箱封1' } })
    const heavy = boxed(gold)
    seals(heavy)
    expect(outcomeOf(() => lends(heavy, granted(heavy), [{ item: heavy.codes[0], weight_mg: gold.weight_mg }]))).toBe(
      'custody.container-sealed',
    )
  })

  it('where each thing weighs what it did; one that does not stops the whole box, and is an incident', () => {
    const made = boxed(gold, { ...gold, seal: { number: 'F9', signers: ['ou', 'wei'] } })
    const { office, codes, box } = made
    const approval = granted(made)
    const [one = '', two = ''] = codes
    const weighed = (weight_mg: number) => [
      { item: one, weight_mg: gold.weight_mg },
      { item: two, weight_mg },
    ]
    lends(made, approval, weighed(1))
    expect(office.item(two).incident).not.toBeNull()
    expect([one, two].map((code) => office.item(code).custodyStatus)).toEqual(['IN_STORE', 'IN_STORE'])
    expect(office.containers.get(box)).not.toHaveProperty('lent')
    expect(outcomeOf(() => lends(made, approval, weighed(gold.weight_mg ?? 0)))).toBe('custody.item-frozen')
  })

  it('with two custodians where anything in it takes two', () => {
    const made = boxed(general, general)
    const [first = ''] = made.codes
    made.office.items.set(first, { ...made.office.item(first), category: 'cash' })
    const approval = granted(made)
    const alone = { type: 'custody.borrow', items: made.codes, approval, container: made.box } as const
    expect(outcomeOf(() => made.office.act('li', alone, { with: ['ou'] }))).toBe('custody.second-person-needed')
  })
})

describe('while it is out', () => {
  it('nothing is put into it, nobody carries, seals or lends it', () => {
    const made = out(boxed(general))
    const { office, box, shelf } = made
    const outcome = (command: object) => outcomeOf(() => office.act('li', command as never, { with: ['sun'] }))
    expect(outcome({ type: 'custody.move-container', container: box, location: shelf })).toBe('custody.container-lent')
    expect(outcome({ type: 'custody.seal-container', container: box, number: '箱封2' })).toBe('custody.container-lent')
    expect(outcome({ type: 'custody.open-container', container: box, reason: '取件' })).toBe('custody.container-lent')
    const [code = ''] = made.codes
    const back = { type: 'custody.give-back', items: [{ item: code, location: box, condition: 'same' }] } as const
    expect(outcomeOf(() => office.act('li', back, { with: ['ou'] }))).toBe('custody.container-lent')
  })
})

describe('a box comes back', () => {
  it('under a whole seal with everything that went out in it, each thing by facts of its own', () => {
    const made = boxed(general, general)
    seals(made)
    out(made)
    const { office, codes, box, shelf } = made
    expect(outcomeOf(() => returns(made))).toBe('custody.container-seal-not-checked')
    expect(outcomeOf(() => returns(made, { seal: 'intact' }, { with: [] }))).toBe('custody.signature-missing')
    const { facts, result } = returns(made, { seal: 'intact' })
    expect(result).toMatchObject({ returned: [...codes].sort(), out: [] })
    expect(facts.find(({ type }) => type === 'custody.returned')?.body).toMatchObject({
      ...{ container: box, sealedIn: { container: box, number: '箱封1' } },
    })
    for (const code of codes)
      expect(office.item(code)).toMatchObject({
        custodyStatus: 'IN_STORE',
        location: shelf,
        container: box,
        loan: null,
      })
    expect(office.containers.get(box)).toMatchObject({ location: shelf, seal: { number: '箱封1' } })
    expect(office.containers.get(box)).not.toHaveProperty('lent')
    expect([...office.loans.values()].at(-1)?.lines.every(({ returnedAt }) => returnedAt !== null)).toBe(true)
    expect(outcomeOf(() => returns(made, { seal: 'intact' }))).toBe('custody.container-not-lent')
  })

  it('and not as under a whole seal, once something was taken from under it and brought back by itself', () => {
    const made = boxed(general, general)
    seals(made)
    out(made)
    const { office, codes, shelf } = made
    const [one = '', two = ''] = codes
    const back = { type: 'custody.give-back', items: [{ item: one, location: shelf, condition: 'same' }] } as const
    office.act('li', back, { with: ['ou'] })
    expect(outcomeOf(() => returns(made, { seal: 'intact' }))).toBe('custody.container-seal-opened')
    expect(returns(made, { seal: 'broken' }).result).toMatchObject({ returned: [], out: [two] })
  })

  it('under a whole seal while an incident is open about one thing in it: that comes back too, frozen, and the incident stays open', () => {
    const made = boxed(general, general)
    seals(made)
    out(made)
    const { office, codes, box, shelf } = made
    const [one = '', two = ''] = codes
    office.act('li', { type: 'custody.incident', items: [one], kind: 'damage', note: '鉴定机构来电称有破损' })
    expect(returns(made, { seal: 'intact' }).result).toMatchObject({ returned: [...codes].sort(), out: [] })
    expect(office.item(one)).toMatchObject({
      ...{ custodyStatus: 'IN_STORE', location: shelf, container: box, loan: null },
      incident: { kind: 'damage', opener: 'li' },
    })
    expect(office.item(one).holdings.filter(({ to }) => to === null)).toMatchObject([{ who: 'store/store-1' }])
    expect(office.item(two)).toMatchObject({ custodyStatus: 'IN_STORE', incident: null })
    office.act('zhao', { type: 'custody.resolve', items: [one], conclusion: '外包装破损，物品完好' })
    expect(office.item(one)).toMatchObject({ custodyStatus: 'IN_STORE', incident: null })
  })

  it('and not as under a whole seal, once something of it was on the bench to be compared and differed', () => {
    for (const isConcluded of [false, true]) {
      const made = boxed(general, general)
      seals(made)
      out(made)
      const { office, codes, shelf } = made
      const [one = ''] = codes
      const items = [{ item: one, location: shelf, condition: 'different' as const, note: '有划痕' }]
      office.act('li', { type: 'custody.give-back', items }, { with: ['ou'] })
      if (isConcluded) office.act('zhao', { type: 'custody.resolve', items: [one], conclusion: '旧痕' })
      expect(outcomeOf(() => returns(made, { seal: 'intact' }))).toBe('custody.container-seal-opened')
      expect(returns(made, { seal: 'broken' }).result).toMatchObject({ returned: [], out: [...codes].sort() })
    }
  })

  it('under a broken seal, or open, alone: each thing is compared for itself, and what is not brought stays out', () => {
    const made = boxed(general, general)
    seals(made)
    out(made)
    const { office, codes, box } = made
    const [one = '', two = ''] = codes
    expect(returns(made, { seal: 'broken' }).result).toMatchObject({ returned: [], out: [...codes].sort() })
    expect(office.containers.get(box)).toMatchObject({ seal: null, retiredSeals: [{ number: '箱封1', end: 'BROKEN' }] })
    const back = (item: string, condition: 'same' | 'different') =>
      office.act('li', { type: 'custody.give-back', items: [{ item, location: box, condition }] }, { with: ['ou'] })
    back(one, 'same')
    expect(office.item(one)).toMatchObject({ custodyStatus: 'IN_STORE', container: box })
    back(two, 'different')
    expect(office.item(two)).toMatchObject({ custodyStatus: 'BORROWED', incident: { kind: 'damage' } })
  })

  it('to a shelf of its store that takes what is in it, and to no other box', () => {
    const made = boxed(general)
    seals(made)
    out(made)
    expect(outcomeOf(() => returns(made, { seal: 'intact', location: made.box }))).toBe('custody.container-no-shelf')
    const full = { store: 'store-1', name: '满', storageClass: 'ordinary', capacity: 1 } as const
    const narrow = codeFrom(made.office.act('li', { type: 'custody.add-location', ...full }))
    made.office.items.set('x', { ...made.office.item(made.codes[0] ?? ''), code: 'x', location: narrow, loan: null })
    expect(outcomeOf(() => returns(made, { seal: 'intact', location: narrow }))).toBe('custody.location-full')
    expect(outcomeOf(() => returns(made, { seal: 'intact' }, { with: ['han'] }))).toBe('custody.signature-missing')
  })
})
