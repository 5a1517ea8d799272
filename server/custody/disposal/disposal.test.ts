import { custodyTriggers } from '../triggers.ts'
import { describe, expect, it } from 'vitest'
import { accountOf } from '../account/accounting.ts'
import { ASK_DAYS } from '../../approvals/approvals.ts'
import { handedIn } from '../measures/testing-trips.ts'
import { goes, sells, states, taxed } from '../worth/testing-sales.ts'
import type { CustodyRefusal } from '../refusals.ts'
import { filmed, general, gold, officeWith, PHOTO, stored, submitted, withoutFilm, withoutLeave } from '../testing.ts'
import {
  approved,
  type Made,
  outcomeOf,
  proposal,
  receiver,
  returning,
  sale,
  sellingEarly,
  toReturn,
  toSell,
  waiting,
} from './testing.ts'
import type { NewItem } from '../schemas.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { disposal } from './transitions.ts'
import { basisOf, type DisposalType, disposalTypes } from './types.ts'

const propose = (more: object = {}, person = 'ou', made: Made = stored(general)) =>
  made.office.act(person, proposal(made.codes, more))
const releasing = (made: Made, more: object = {}, person = 'li', options: object = { with: ['wei'] }) =>
  made.office.act(
    person,
    { type: 'custody.release', items: made.codes, noticeNumber: '解〔2026〕1号', receiver, ...more },
    options,
  )
const disposing = (made: Made, papers: object, person = 'li', options: object = { with: ['cai'] }) =>
  made.office.act(person, { type: 'custody.dispose', items: made.codes, ...papers } as CustodyCommand, options)
/** Longer than any request waits. */
const HOURS_TO_LAPSE = 24 * (ASK_DAYS + 1)
const before = { at: '2026-03-01T00:00:00.000Z' }
const payment = { voucher: '缴款书 001' }
const transfer = {
  organ: '云州市人民检察院',
  receipt: '回执 1',
  receiver: { ...receiver, relation: 'organ' as const, authorisation: '工作证 7' },
}
const crime = { way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true } as const
const ruin = { way: 'DESTROY', destination: 'none' } as const
const [BEFORE, AFTER] = ['cd'.repeat(32), 'ef'.repeat(32)] as const
const destruction = { record: '销〔2026〕1号', method: '粉碎', before: [BEFORE], after: [AFTER] }
const toDestroy = (lines = [general]): Made => {
  const made = approved(ruin, lines)
  made.office.act('li', { type: 'custody.add-photo', items: [{ item: made.codes[0] ?? '', photos: [BEFORE, AFTER] }] })
  return made
}
const destroying = (made: Made, more: object = {}, options: object = { with: ['sun', 'jian'] }) =>
  disposing(made, { destruction: { ...destruction, ...more } }, 'li', options)
const complain = (made: Made) =>
  made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'unrelated', note: '与案件无关' })
const attachments = ['list', 'photos', 'sealing', 'place'] as const
/** Transferred on paper alone. */
const onPaper = (lines = [general]): Made => {
  const made = approved(crime, lines)
  const items = made.codes.map((item) => ({ item, weight_mg: 100_000 }))
  disposing(made, { items, transfer: { ...transfer, listOnly: true, attachments } }, 'li', { with: ['wei'] })
  return made
}
const delivering = (made: Made, person = 'li', options: object = { with: ['wei'] }, receipt = '回执 2') =>
  made.office.act(person, { type: 'custody.deliver', items: made.codes, receipt, receiver: transfer.receiver }, options)
const grant = (made: Made, person: string) =>
  made.office.act(person, { type: 'approvals.grant', approval: waiting(made.office) })
const proposed = (more: object = {}): Made => {
  const made = stored(general)
  propose(more, 'ou', made)
  return made
}
const reviewed = (): Made => {
  const made = proposed()
  grant(made, 'qin')
  return made
}
const closedCase = (): Made => {
  const made = toReturn()
  releasing(made)
  made.office.act('li', { type: 'custody.write-off', items: made.codes })
  made.office.act('ou', { type: 'custody.close-case', case: '一案' })
  return made
}

/** What is refused of the seal of a gold bar, for an act that is otherwise in order. */
const ofSeal = (
  reach: (lines: NewItem[]) => Made,
  attempt: (made: Made, items: object[], options: object) => unknown,
) => {
  const tried = (seal: object) => () => {
    const made = reach([gold])
    const line = { item: made.codes[0], weight_mg: 100_000, ...seal }
    return attempt(made, [line], { with: ['wei', 'cai', 'sun', 'jian'], seals: 'unsaid' })
  }
  return { 'custody.seal-not-checked': tried({}), 'custody.seal-found-differs': tried({ seal: 'broken' }) }
}

/** What every act at the store refuses, for an act that is otherwise in order. */
const atStore = (reach: () => Made, attempt: (made: Made, person?: string, options?: object) => unknown) => ({
  'custody.not-your-store': () => attempt(reach(), 'far'),
  'custody.wrong-station': () => attempt(reach(), 'li', { with: ['wei', 'cai', 'sun', 'jian'], station: 'store-2' }),
  'custody.before-last-event': () => attempt(reach(), 'li', { with: ['wei', 'cai', 'sun', 'jian'], ...before }),
  'custody.no-disposal': () => attempt(stored(general)),
  'custody.same-person': () => attempt(reach(), 'li', { with: ['tan', 'cai', 'zhao', 'sun', 'jian'] }),
  'custody.complaint-open': () => {
    const made = reach()
    complain(made)
    return attempt(made)
  },
})

const WAYS = {
  CONFISCATE: { destination: 'treasury' },
  RECOVER: { destination: 'treasury' },
  COMPENSATE: { destination: 'owner' },
} as const

const payWay = (way: keyof typeof WAYS): Partial<Record<CustodyRefusal, () => unknown>> => {
  const reach = (): Made => approved({ way, ...WAYS[way] })
  const attempt = (made: Made, person = 'li', options: object = { with: ['cai'] }) =>
    disposing(made, { payment: { ...payment, receiver } }, person, options)
  return {
    ...atStore(reach, attempt),
    ...ofSeal(
      (lines) => approved({ way, ...WAYS[way] }, lines),
      (made, items, options) => disposing(made, { items, payment: { ...payment, receiver } }, 'li', options),
    ),
    'custody.disposal-order': () => {
      const made = proposed({ way, ...WAYS[way] })
      return attempt(made)
    },
    'custody.measure-unapproved': () => attempt(withoutLeave(reach())),
    'custody.officer-keeps': () => attempt(reach(), 'everything'),
    'custody.payment-missing': () => disposing(reach(), {}),
    'custody.cannot-draw': () => disposing(reach(), { payment: { voucher: '缴🙂', receiver } }),
    'custody.finance-missing': () => attempt(reach(), 'li', { with: ['sun'] }),
    'custody.receiver-missing': () => disposing(approved({ way: 'RECOVER', destination: 'owner' }), { payment }),
  }
}

/** Proposed by somebody who may also decide, left until it lapsed, and asked again by ou. */
const askedAgain = (proposer: string, more: object): Made => {
  const made = stored(general)
  made.office.act(proposer, proposal(made.codes, more))
  made.office.wait(HOURS_TO_LAPSE)
  const [paper] = made.office.disposals.values()
  if (paper === undefined) throw new Error('no paper')
  const { code, items, way, destination } = paper
  const command = way === 'RETURN' ? 'approve-disposal' : 'review-disposal'
  const deed = { command, disposal: code, items, way, destination } as const
  made.office.act('ou', { type: 'approvals.ask', deed, reason: '再次提请' })
  return made
}
const replaced = (more: object): { made: Made; earlier: string } => {
  const made = proposed(more)
  const earlier = waiting(made.office)
  propose({ way: 'RECOVER' }, 'wei', made)
  return { made, earlier }
}
const returnTerms = { way: 'RETURN', destination: 'holder', ground: 'decided' } as const

/** Every guard of the ways out of custody, by what trips it. */
const trips: Record<
  Exclude<keyof typeof disposal, 'COLLECT' | 'SURRENDER'>,
  Partial<Record<CustodyRefusal, () => unknown>>
> = {
  'drop-disposal': {},
  'propose-disposal': {
    'custody.not-case-officer': () => propose({}, 'han'),
    'custody.case-closed': () => propose({}, 'ou', closedCase()),
    'custody.disposal-track': () => propose({ way: 'COLLECT' }),
    'custody.disposal-destination': () => propose({ destination: 'holder' }),
    'custody.crime-goes-with-case': () => propose({ suspectedCrime: true }),
    'custody.surrender-undecided': () => propose({}, 'ou', handedIn()),
    'custody.measure-unapproved': () => propose({}, 'ou', withoutLeave(stored(general))),
    'custody.ground-missing': () => propose({ way: 'RETURN', destination: 'holder' }),
    'custody.ground-of-return': () => propose({ ground: 'decided' }),
    'custody.found-time': () =>
      propose({ way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: '2026-01-01T00:00:00.000Z' }),
    'custody.return-beyond-surplus': () => {
      const made = taxed(1)
      states(made.office, 1)
      return goes(made.office, sells(made.office, made.codes[0] ?? ''), 'RETURN')
    },
    'custody.no-review-office': () => propose({ reviewUnit: 'dept-1' }),
    'custody.sale-missing': () => propose({ ...sellingEarly, appraisal: undefined }),
    'custody.sale-of-sale': () => propose({ sale: sellingEarly.sale }),
    'custody.cannot-draw': () => propose({ opinion: '没收🙂' }),
    'custody.complaint-open': () => {
      const made = stored(general)
      complain(made)
      return propose({}, 'ou', made)
    },
  },
  'review-disposal': {
    'custody.disposal-changed': () => {
      const { made, earlier } = replaced({})
      return made.office.act('qin', { type: 'approvals.grant', approval: earlier })
    },
    'custody.officer-decides': () => grant(proposed({ reviewUnit: 'organ' }), 'everything'),
    'custody.reviewer-inside': () => grant(proposed({ reviewUnit: 'organ' }), 'inner'),
    'custody.same-person': () => grant(askedAgain('everything', { reviewUnit: 'organ' }), 'everything'),
    'custody.complaint-open': () => {
      const made = proposed()
      complain(made)
      return grant(made, 'qin')
    },
  },
  'approve-disposal': {
    'custody.disposal-changed': () => {
      const { made, earlier } = replaced(returnTerms)
      return made.office.act('zhao', { type: 'approvals.grant', approval: earlier })
    },
    'custody.officer-decides': () => grant(proposed(returnTerms), 'chief'),
    'custody.same-person': () => grant(askedAgain('chief', returnTerms), 'chief'),
    'custody.complaint-open': () => {
      const made = reviewed()
      complain(made)
      return grant(made, 'tan')
    },
  },
  RETURN: {
    ...atStore(toReturn, (made, person, options) => releasing(made, {}, person, options)),
    ...ofSeal(toReturn, (made, items, options) => releasing(made, { items }, 'li', options)),
    'custody.disposal-order': () => releasing(proposed(returnTerms)),
    'custody.cannot-draw': () => releasing(toReturn(), { receiver: { ...receiver, identity: '护照🙂' } }),
    'custody.officer-keeps': () => releasing(toReturn(), {}, 'everything'),
    'custody.staff-needed': () => releasing(toReturn(), {}, 'li', { with: ['han'] }),
    'custody.authorisation-missing': () => releasing(toReturn(), { receiver: { ...receiver, relation: 'agent' } }),
    'custody.others-things': () =>
      releasing(toReturn([general, { ...general, holder: { attendance: 'SIGNED', name: '另一持有人' } }])),
    'custody.not-the-holder': () => releasing(toReturn(), { receiver: { ...receiver, name: '另一持有人' } }),
    'custody.return-beyond-surplus': () => {
      const made = taxed(1)
      states(made.office, 0)
      const money = sells(made.office, made.codes[0] ?? '')
      return goes(made.office, money, 'RETURN', () => states(made.office, 1))
    },
  },
  TRANSFER: {
    ...atStore(
      () => approved(crime),
      (made, person, options = { with: ['wei'] }) => disposing(made, { transfer }, person, options),
    ),
    ...ofSeal(
      (lines) => approved(crime, lines),
      (made, items, options) => disposing(made, { items, transfer }, 'li', options),
    ),
    'custody.disposal-order': () => disposing(proposed(crime), { transfer }),
    'custody.cannot-draw': () => disposing(approved(crime), { transfer: { ...transfer, organ: '检察院🙂' } }),
    'custody.measure-unapproved': () => disposing(withoutLeave(approved(crime)), { transfer }, 'li', { with: ['wei'] }),
    'custody.transfer-missing': () => disposing(approved(crime), {}),
    'custody.attachments-missing': () => disposing(approved(crime), { transfer: { ...transfer, listOnly: true } }),
    'custody.staff-needed': () => disposing(approved(crime), { transfer }, 'li', { with: [] }),
  },
  deliver: {
    ...ofSeal(onPaper, (made, items, options) => {
      const { receiver: by } = transfer
      const command = { type: 'custody.deliver', items, receipt: '回执 2', receiver: by } as CustodyCommand
      return made.office.act('li', command, options)
    }),
    'custody.not-your-store': () => delivering(onPaper(), 'far'),
    'custody.wrong-station': () => delivering(onPaper(), 'li', { with: ['wei'], station: 'store-2' }),
    'custody.before-last-event': () => delivering(onPaper(), 'li', { with: ['wei'], ...before }),
    'custody.not-transferred': () => delivering(approved(crime)),
    'custody.same-person': () => delivering(onPaper(), 'li', { with: ['ou'] }),
    'custody.staff-needed': () => delivering(onPaper(), 'li', { with: ['cai'] }),
    'custody.cannot-draw': () => delivering(onPaper(), 'li', { with: ['wei'] }, '回执🙂'),
  },
  CONFISCATE: payWay('CONFISCATE'),
  RECOVER: payWay('RECOVER'),
  COMPENSATE: payWay('COMPENSATE'),
  DESTROY: {
    ...atStore(toDestroy, (made, person, options = { with: ['sun', 'jian'] }) =>
      disposing(made, { destruction }, person, options),
    ),
    ...ofSeal(toDestroy, (made, items, options) => disposing(made, { items, destruction }, 'li', options)),
    'custody.disposal-order': () => disposing(proposed(ruin), { destruction }),
    'custody.cannot-draw': () => destroying(toDestroy(), { method: '粉碎🙂' }),
    'custody.measure-unapproved': () => destroying(withoutLeave(toDestroy())),
    'custody.destruction-missing': () => disposing(toDestroy(), {}),
    'custody.media-missing': () => destroying(toDestroy(), { after: ['12'.repeat(32)] }),
    'custody.destroyers-needed': () => destroying(toDestroy(), {}, { with: ['jian', 'wei'] }),
    'custody.supervisor-missing': () => destroying(toDestroy(), {}, { with: ['sun'] }),
    'custody.media-old': () => {
      const made = toDestroy()
      return destroying(made, { before: [AFTER], after: [PHOTO] })
    },
  },
  SELL: {
    ...atStore(toSell, (made, person, options) => disposing(made, { sale }, person, options)),
    ...ofSeal(toSell, (made, items, options) => disposing(made, { items, sale }, 'li', options)),
    'custody.disposal-order': () => disposing(proposed({ ...sellingEarly, reviewUnit: undefined }), { sale }),
    'custody.cannot-draw': () => disposing(toSell(), { sale: { ...sale, contract: '成交🙂' } }),
    'custody.measure-unapproved': () => disposing(withoutLeave(toSell()), { sale }),
    'custody.officer-keeps': () => disposing(toSell(), { sale }, 'everything'),
    'custody.sold-missing': () => disposing(toSell(), { payment }),
    'custody.price-below': () => disposing(toSell(), { sale: { ...sale, belowReason: undefined } }),
    'custody.finance-missing': () => disposing(toSell(), { sale }, 'li', { with: ['wei'] }),
  },
  'write-off': {
    'custody.not-your-store': () => {
      const made = toReturn()
      releasing(made)
      return made.office.act('far', { type: 'custody.write-off', items: made.codes })
    },
    'custody.no-disposal': () => {
      const made = stored(general)
      return made.office.act('li', { type: 'custody.write-off', items: made.codes })
    },
  },
}

describe('the law of a way out', () => {
  it('is that of the organ whose case it is, on every track that has the way', () => {
    const bare = Object.entries(disposalTypes).flatMap(([way, { tracks, basis }]) =>
      tracks.toSorted().join() === Object.keys(basis).toSorted().join() ? [] : [way],
    )
    expect(bare).toEqual([])
    expect(basisOf('CONFISCATE', 'TAX')).not.toContain('监察法')
    expect(basisOf('CONFISCATE', 'SUPERVISION')).not.toContain('行政处罚法')
  })
})

describe('guards of the ways out', () => {
  for (const [move, { name, guards }] of Object.entries(disposal)) {
    // One row of the law, one set of guards: the two ways of the discipline track are tried as confiscation is.
    const tried = move === 'COLLECT' || move === 'SURRENDER' ? 'CONFISCATE' : (move as keyof typeof trips)
    for (const guard of guards) {
      it(`${name.zh}：${guard}`, () => {
        const trip = trips[tried][guard]
        expect(trip, `${tried} has no case for ${guard}`).toBeDefined()
        expect(outcomeOf(() => trip?.())).toBe(guard)
      })
    }
  }
})

const doing: Record<DisposalType, { reach: () => Made; attempt: (made: Made) => unknown; done: string } | null> = {
  RETURN: { reach: toReturn, attempt: (made) => releasing(made), done: 'DONE_RETURN' },
  TRANSFER: {
    reach: () => approved(crime),
    attempt: (made) => disposing(made, { transfer }, 'li', { with: ['wei'] }),
    done: 'DONE_TRANSFER',
  },
  CONFISCATE: {
    reach: () => approved(),
    attempt: (made) => disposing(made, { payment }),
    done: 'DONE_CONFISCATED',
  },
  RECOVER: {
    reach: () => approved({ way: 'RECOVER', destination: 'treasury' }),
    attempt: (made) => disposing(made, { payment }),
    done: 'DONE_RECOVERED',
  },
  COMPENSATE: {
    reach: () => approved({ way: 'COMPENSATE', destination: 'owner' }),
    attempt: (made) => disposing(made, { payment: { ...payment, receiver } }),
    done: 'DONE_COMPENSATED',
  },
  DESTROY: { reach: toDestroy, attempt: (made) => destroying(made), done: 'DONE_DESTROYED' },
  SELL: { reach: () => toSell(), attempt: (made) => disposing(made, { sale }), done: 'DONE_SOLD' },
  COLLECT: null,
  SURRENDER: null,
}

describe('ways out of custody', () => {
  for (const [way, how] of Object.entries(doing)) {
    if (how === null) continue
    it(`${way}: from approval to write-off, out of the store on the way`, () => {
      const made = how.reach()
      const [code = ''] = made.codes
      expect(made.office.item(code).dispositionStatus).toBe('APPROVED')
      expect(outcomeOf(() => how.attempt(made))).toBe('done')
      const item = made.office.item(code)
      expect(item).toMatchObject({ custodyStatus: 'OUT', dispositionStatus: how.done, location: null })
      expect(item.holdings.at(-1)).toMatchObject({ who: `outside/${way.toLowerCase()}`, to: null })
      expect(item.holdings.at(-2)?.to).toBe(item.holdings.at(-1)?.from)
      expect(outcomeOf(() => how.attempt(made))).toBe('custody.disposal-order')
      made.office.act('li', { type: 'custody.write-off', items: made.codes })
      expect(made.office.item(code).dispositionStatus).toBe('CLOSED')
      expect(outcomeOf(() => made.office.act('li', { type: 'custody.write-off', items: made.codes }))).toBe(
        'custody.wrong-order',
      )
    })
    it(`${way}: not while an incident is open`, () => {
      const made = how.reach()
      made.office.act('li', { type: 'custody.incident', items: made.codes, kind: 'damage', note: '破损' })
      expect(outcomeOf(() => how.attempt(made))).toBe('custody.item-frozen')
    })
  }

  it('who receives as the holder himself bears his name, however it is spaced and whatever he fetches by', () => {
    for (const name of ['持有人甲', ' 持有人　甲 ']) releasing(toReturn(), { receiver: { ...receiver, name } })
    const stranger = { ...receiver, name: '另一持有人' }
    releasing(toReturn(), { receiver: { ...stranger, relation: 'agent', authorisation: '授权委托书' } })
    // No correction changes whom it was taken from: whose name was written down wrongly comes with what an officer says of that.
    releasing(toReturn(), { receiver: { ...stranger, relation: 'owner', authorisation: '承办人员的说明' } })
    const asOwner = { receiver: { ...stranger, relation: 'owner' } } as const
    expect(outcomeOf(() => releasing(toReturn(), asOwner))).toBe('custody.authorisation-missing')
    const toOwner = toReturn([general], { destination: 'owner' })
    expect(outcomeOf(() => releasing(toOwner, asOwner))).toBe('done')
    const owed = approved({ way: 'COMPENSATE', destination: 'owner' })
    const pays = (name: string) => () => disposing(owed, { payment: { ...payment, receiver: { ...receiver, name } } })
    expect(outcomeOf(pays('另一持有人'))).toBe('custody.not-the-holder')
    expect(outcomeOf(pays('持有人甲'))).toBe('done')
  })

  it('personal data of the receiver and the opinion stand beside the register', () => {
    const made = toReturn()
    releasing(made)
    expect(JSON.stringify(made.office.facts)).not.toMatch(/持有人甲|110101|建议没收/)
  })

  it('goods that stay while their papers go are in the responsibility of the other organ, on their shelf', () => {
    const made = onPaper()
    const item = made.office.item(made.codes[0] ?? '')
    expect(item).toMatchObject({ custodyStatus: 'IN_STORE', dispositionStatus: 'DONE_TRANSFER', location: made.shelf })
    expect(accountOf(item)).toBe('transferred-kept')
  })

  it('they are lent no more, not even by a grant of before', () => {
    const dueAt = '2026-03-20T00:00:00.000Z'
    const ask = ({ office, codes }: Made) => {
      const deed = { command: 'borrow', items: codes, dueAt, purpose: 'COURT' } as const
      return office.act('wei', { type: 'approvals.ask', deed, reason: '出庭' })
    }
    expect(outcomeOf(() => ask(onPaper()))).toBe('custody.wrong-order')
    const made = approved(crime)
    ask(made)
    const approval = waiting(made.office)
    grant(made, 'zhao')
    disposing(made, { transfer: { ...transfer, listOnly: true, attachments } }, 'li', { with: ['wei'] })
    expect(outcomeOf(() => made.office.act('li', { type: 'custody.borrow', items: made.codes, approval }))).toBe(
      'custody.wrong-order',
    )
  })

  it('they leave their shelf later against a receipt, also when the case is closed by then, and once', () => {
    const made = onPaper()
    const [code = ''] = made.codes
    made.office.act('ou', { type: 'custody.close-case', case: '一案' })
    expect(outcomeOf(() => delivering(made))).toBe('done')
    const item = made.office.item(code)
    expect(item).toMatchObject({ custodyStatus: 'OUT', dispositionStatus: 'DONE_TRANSFER', location: null })
    expect(item.holdings.at(-1)).toMatchObject({ who: 'outside/transfer', to: null })
    expect(accountOf(item)).toBe('transferred')
    const [paper] = made.office.disposals.values()
    expect(paper?.acts.map(({ document, listOnly, organ }) => [document, listOnly, organ])).toEqual([
      ['回执 1', true, transfer.organ],
      ['回执 2', false, transfer.organ],
    ])
    expect(outcomeOf(() => delivering(made))).toBe('custody.not-transferred')
    expect(JSON.stringify(made.office.facts)).not.toContain('持有人甲')
  })

  it('they are weighed then like at any hand-over', () => {
    const made = onPaper([gold])
    expect(outcomeOf(() => delivering(made))).toBe('custody.weight-missing')
  })

  it('an item that the store never had is returned by two officers, and struck off by one', () => {
    const made = officeWith(general)
    made.office.act('ou', proposal(made.codes, returning(made)))
    grant(made, 'zhao')
    expect(outcomeOf(() => releasing(made, {}, 'ou', { with: ['wei'] }))).toBe('custody.same-person')
    releasing(made, {}, 'wei', { with: ['chief'] })
    made.office.act('ou', { type: 'custody.write-off', items: made.codes })
    expect(made.office.item(made.codes[0] ?? '').dispositionStatus).toBe('CLOSED')
  })

  it('what is kept in place is paid in by another officer of the case, with finance', () => {
    const made = officeWith(general)
    const [code = ''] = made.codes
    made.office.items.set(code, { ...made.office.item(code), custodyStatus: 'IN_PLACE' })
    made.office.act('ou', proposal(made.codes))
    grant(made, 'qin')
    grant(made, 'tan')
    const act = (person: string, signers: readonly string[]) =>
      outcomeOf(() => disposing(made, { payment }, person, { with: signers }))
    expect([act('li', ['cai']), act('ou', ['cai'])]).toEqual(['custody.not-case-officer', 'custody.same-person'])
    expect(act('wei', ['chief'])).toBe('custody.finance-missing')
    expect(act('wei', ['cai'])).toBe('done')
    expect(made.office.item(code)).toMatchObject({ custodyStatus: 'OUT', dispositionStatus: 'DONE_CONFISCATED' })
  })

  it('nobody carries out what he proposed, not even as the second who signs', () => {
    expect(outcomeOf(() => releasing(toReturn(), {}, 'li', { with: ['ou'] }))).toBe('custody.same-person')
    expect(outcomeOf(() => disposing(approved(), { payment }, 'li', { with: ['cai', 'ou'] }))).toBe(
      'custody.same-person',
    )
    const made = officeWith(general)
    made.office.act('ou', proposal(made.codes, returning(made)))
    grant(made, 'zhao')
    expect(outcomeOf(() => releasing(made, {}, 'wei', { with: ['ou'] }))).toBe('custody.same-person')
  })

  it('the second custodian keeps apart from the case, finance counts where money moves only, a supervisor is a stranger to it', () => {
    for (const second of ['insider', 'cai'])
      expect(
        outcomeOf(() => releasing(toReturn(), {}, 'li', { with: [second] })),
        second,
      ).toBe('custody.staff-needed')
    expect(outcomeOf(() => releasing(toReturn(), {}, 'li', { with: ['sun'] }))).toBe('done')
    expect(outcomeOf(() => disposing(approved(crime), { transfer }, 'li', { with: ['cai'] }))).toBe(
      'custody.staff-needed',
    )
    for (const second of ['insider', 'wei'])
      expect(
        outcomeOf(() => destroying(toDestroy(), {}, { with: [second, 'jian'] })),
        second,
      ).toBe('custody.destroyers-needed')
    for (const watcher of ['watcher', 'prober'])
      expect(
        outcomeOf(() => destroying(toDestroy(), {}, { with: ['sun', watcher] })),
        watcher,
      ).toBe('custody.supervisor-missing')
  })

  it('what is sealed leaves with its seal looked at, whichever way, and a seal that differs stops it', () => {
    const weight_mg = 100_000
    const lineOf = (made: Made, more: object) => [{ item: made.codes[0] ?? '', weight_mg, ...more }]
    const unsaid = { with: ['wei'], seals: 'unsaid' }
    const bar = toReturn([gold])
    const attempt = (more: object) => outcomeOf(() => releasing(bar, { items: lineOf(bar, more) }, 'li', unsaid))
    expect(attempt({})).toBe('custody.seal-not-checked')
    expect(attempt({ seal: 'broken' })).toBe('custody.seal-found-differs')
    expect(attempt({ seal: 'none' })).toBe('custody.seal-found-differs')
    expect(bar.office.item(bar.codes[0] ?? '').custodyStatus).toBe('IN_STORE')
    expect(attempt({ seal: 'intact' })).toBe('done')
    expect(bar.office.item(bar.codes[0] ?? '').disposed).toMatchObject({ way: 'RETURN', seal: 'intact' })
    const found = { seal: 'intact', weight_mg, weighing: { by: 'hand' } }
    expect(bar.office.facts.find(({ type }) => type === 'custody.disposed')?.body).toMatchObject(found)
    expect(bar.office.item(bar.codes[0] ?? '').weights).toHaveLength(3)

    const taken = approved({}, [gold])
    const signed = { with: ['cai'], seals: 'unsaid' }
    const paying = (more: object) => () => disposing(taken, { items: lineOf(taken, more), payment }, 'li', signed)
    expect(outcomeOf(paying({}))).toBe('custody.seal-not-checked')
    expect(outcomeOf(paying({ seal: 'broken' }))).toBe('custody.seal-found-differs')

    const kept = approved(crime, [gold])
    const papers = { transfer: { ...transfer, listOnly: true, attachments } }
    disposing(kept, { items: lineOf(kept, {}), ...papers }, 'li', unsaid)
    const fetched = (more: object) => () =>
      kept.office.act(
        'li',
        { type: 'custody.deliver', items: lineOf(kept, more), receipt: '回执 2', receiver: transfer.receiver } as never,
        unsaid as never,
      )
    expect(outcomeOf(fetched({}))).toBe('custody.seal-not-checked')
    expect(outcomeOf(fetched({ seal: 'broken' }))).toBe('custody.seal-found-differs')
    expect(outcomeOf(fetched({ seal: 'intact' }))).toBe('done')
  })

  it('what wears no seal is asked for none', () => {
    const made = toReturn()
    expect(outcomeOf(() => releasing(made, {}, 'li', { with: ['wei'], seals: 'unsaid' }))).toBe('done')
    expect(made.office.item(made.codes[0] ?? '').disposed).not.toHaveProperty('seal')
  })

  it('valuables are weighed as they leave', () => {
    const made = toReturn([gold])
    const [item = ''] = made.codes
    expect(outcomeOf(() => releasing(made))).toBe('custody.weight-missing')
    expect(outcomeOf(() => releasing(made, { items: [{ item, weight_mg: 98_000 }] }))).toBe('custody.weight-differs')
    expect(outcomeOf(() => releasing(made, { items: [{ item, weight_mg: 100_000 }] }))).toBe('done')
  })

  it('what is pending or lent cannot be disposed of yet, and a loan stops at an open complaint', () => {
    const pending = submitted(general)
    pending.office.act('ou', proposal(pending.codes, returning(pending)))
    grant(pending, 'zhao')
    expect(outcomeOf(() => releasing(pending))).toBe('custody.wrong-order')
    const lending = stored(general)
    complain(lending)
    const dueAt = new Date(Date.parse(lending.office.now) + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: lending.codes, dueAt, purpose: 'COURT' } as const
    expect(outcomeOf(() => lending.office.act('ou', { type: 'approvals.ask', deed, reason: '出庭' }))).toBe(
      'custody.complaint-open',
    )
  })
})

describe('a proposal', () => {
  it('goes to review, then to the organ, each another person; the paper tells who agreed', () => {
    const made = proposed()
    const [code = ''] = made.codes
    expect(made.office.item(code).dispositionStatus).toBe('PROPOSED')
    grant(made, 'qin')
    expect(made.office.item(code).dispositionStatus).toBe('IN_REVIEW')
    expect(outcomeOf(() => grant(made, 'qin'))).toBe('approvals.same-person')
    grant(made, 'tan')
    expect(made.office.item(code).dispositionStatus).toBe('APPROVED')
    const [paper] = made.office.disposals.values()
    expect(paper).toMatchObject({ proposer: 'ou', waiting: null })
    expect(paper?.agreed.map(({ level, by }) => [level, by])).toEqual([
      ['review', 'qin'],
      ['organ', 'tan'],
    ])
  })

  it('that was made anew voids the earlier one and its request', () => {
    const made = proposed()
    const earlier = waiting(made.office)
    propose({ way: 'RECOVER' }, 'wei', made)
    expect(outcomeOf(() => made.office.act('qin', { type: 'approvals.grant', approval: earlier }))).toBe(
      'custody.disposal-changed',
    )
    expect(outcomeOf(() => grant(made, 'qin'))).toBe('done')
  })

  it('that lapsed is asked again by an officer, for exactly what the paper says', () => {
    const made = proposed()
    made.office.wait(HOURS_TO_LAPSE)
    const [paper] = made.office.disposals.values()
    const deed = {
      command: 'review-disposal',
      disposal: paper?.code ?? '',
      items: made.codes,
      way: 'CONFISCATE',
      destination: 'treasury',
    } as const
    const asks = (person: string, more: object = {}) =>
      outcomeOf(() =>
        made.office.act(person, { type: 'approvals.ask', deed: { ...deed, ...more }, reason: '再次提请' }),
      )
    expect(asks('han')).toBe('custody.not-case-officer')
    expect(asks('wei', { command: 'approve-disposal' })).toBe('custody.disposal-changed')
    expect(asks('wei', { way: 'RECOVER' })).toBe('custody.disposal-changed')
    expect(asks('wei')).toBe('done')
    expect(outcomeOf(() => grant(made, 'qin'))).toBe('done')
  })

  it('of suspected crime, once approved, stays one: nothing but transfer is left', () => {
    const made = approved(crime)
    expect(outcomeOf(() => propose({}, 'ou', made))).toBe('custody.crime-goes-with-case')
    expect(outcomeOf(() => propose(crime, 'wei', made))).toBe('done')
  })
})

describe('a complaint', () => {
  it('locks the item until another decides it, and nobody who handles the case has a part in it', () => {
    const made = reviewed()
    const decide = (person: string) =>
      outcomeOf(() =>
        made.office.act(person, {
          type: 'custody.decide-complaint',
          items: made.codes,
          upheld: false,
          conclusion: '不成立',
        }),
      )
    expect(decide('tan')).toBe('custody.no-complaint')
    complain(made)
    expect(outcomeOf(() => complain(made))).toBe('custody.complaint-open')
    expect([decide('jian'), decide('chief')]).toEqual(['custody.same-person', 'custody.officer-decides'])
    expect(decide('tan')).toBe('done')
    expect(outcomeOf(() => grant(made, 'tan'))).toBe('done')
  })
})

describe('the close gate', () => {
  it('opens when everything is written off, and shuts behind the case', () => {
    const made = closedCase()
    expect(made.office.cases.get('一案')).toMatchObject({ status: 'CLOSED', closed: { by: 'ou', exceptions: [] } })
    const register = { type: 'custody.register', case: '一案', items: [general] } as const
    expect(outcomeOf(() => made.office.act('ou', register))).toBe('custody.case-closed')
  })

  it('is shut while one item is open, or a complaint, while a taking is not on film, or the account is off', () => {
    const made = withoutFilm(stored(general))
    const close = (person = 'ou') =>
      outcomeOf(() => made.office.act(person, { type: 'custody.close-case', case: '一案' }))
    expect([close(), close('han')]).toEqual(['custody.case-not-clean', 'custody.not-case-officer'])
    const off = { type: 'custody.check-account', case: '一案', wrong: ['in-store'] } as const
    made.office.act('ou', proposal(made.codes, returning(made)))
    grant(made, 'zhao')
    releasing(made)
    expect(close()).toBe('custody.case-not-clean')
    made.office.act('li', { type: 'custody.write-off', items: made.codes })
    expect(close()).toBe('custody.not-filmed')
    filmed(made)
    made.office.act('system', off)
    expect(made.office.act('system', off).facts).toEqual([])
    made.office.wrong = off.wrong
    expect(close()).toBe('custody.account-differs')
    made.office.act('system', { ...off, wrong: [] })
    expect(close()).toBe('custody.account-differs')
    made.office.wrong = []
    expect(close()).toBe('done')
  })

  it('lets a lawful exception through when an approver of the organ granted it, and names it', () => {
    const made = stored(general)
    const deed = {
      command: 'keep-open',
      items: made.codes,
      ground: 'at-large',
      document: '通缉令 3',
      wantedOn: '2024-01-05',
    } as const
    made.office.act('ou', { type: 'approvals.ask', deed, reason: '逃匿' })
    expect(outcomeOf(() => grant(made, 'everything'))).toBe('custody.officer-decides')
    grant(made, 'tan')
    made.office.act('ou', { type: 'custody.close-case', case: '一案' })
    expect(made.office.cases.get('一案')?.closed?.exceptions).toEqual(made.codes)
    // Opened again, the case has to be looked at anew.
    made.office.act('ou', { type: 'approvals.ask', deed: { command: 'reopen-case', case: '一案' }, reason: '到案' })
    grant(made, 'tan')
    const close = () => outcomeOf(() => made.office.act('ou', { type: 'custody.close-case', case: '一案' }))
    expect(close()).toBe('custody.case-not-clean')
    made.office.act('ou', { type: 'approvals.ask', deed, reason: '仍逃匿' })
    grant(made, 'tan')
    expect(close()).toBe('done')
  })

  it('keeps open what is his who is at large once he has been wanted for a year, and what stands still runs on when it is opened again (X-19)', () => {
    const made = stored(general)
    const deed = { command: 'keep-open', items: made.codes, ground: 'at-large', document: '通缉令 3' } as const
    const asks = (more: object) =>
      outcomeOf(() => made.office.act('ou', { type: 'approvals.ask', deed: { ...deed, ...more }, reason: '逃匿' }))
    expect(asks({})).toBe('custody.wanted-missing')
    expect(asks({ wantedOn: '2025-02-30' })).toBe('custody.wanted-missing')
    expect(asks({ wantedOn: '2099-01-01' })).toBe('custody.wanted-too-short')
    expect(asks({ ground: 'dead', wantedOn: '2024-01-05' })).toBe('custody.wanted-elsewhere')
    expect(asks({ wantedOn: '2024-01-05' })).toBe('done')
    grant(made, 'tan')
    expect(made.office.item(made.codes[0] ?? '').keptOpen).toMatchObject({ ground: 'at-large', wantedOn: '2024-01-05' })
    made.office.act('ou', { type: 'custody.close-case', case: '一案' })
    const reopening = { command: 'reopen-case', case: '一案' } as const
    made.office.act('ou', { type: 'approvals.ask', deed: reopening, reason: '到案' })
    grant(made, 'tan')
    const about = made.office.facts
      .filter(({ type }) => custodyTriggers.types.includes(type))
      .flatMap((fact) => custodyTriggers.events(fact))
      .filter(({ kind }) => kind === 'hold' || kind === 'free')
    const subjects = made.codes.map((code) => `item/${code}`)
    const held = {
      kind: 'hold',
      subjects,
      document: '通缉令 3',
      ground: { zh: '被调查人逃匿，通缉满一年，申请没收程序' },
    }
    expect(about).toMatchObject([held, { ...held, approval: null }, { kind: 'free', subjects }])
  })

  it('is opened again by an approver of the organ who does not handle the case', () => {
    const made = closedCase()
    const deed = { command: 'reopen-case', case: '一案' } as const
    expect(outcomeOf(() => made.office.act('han', { type: 'approvals.ask', deed, reason: '补查' }))).toBe(
      'custody.not-case-officer',
    )
    made.office.act('ou', { type: 'approvals.ask', deed, reason: '补查' })
    expect(outcomeOf(() => grant(made, 'zhao'))).toBe('approvals.not-approver')
    expect(outcomeOf(() => grant(made, 'everything'))).toBe('custody.officer-decides')
    grant(made, 'tan')
    expect(made.office.cases.get('一案')).toMatchObject({ status: 'OPEN' })
    expect(outcomeOf(() => made.office.act('ou', { type: 'approvals.ask', deed, reason: '补查' }))).toBe(
      'custody.case-open',
    )
  })
})
