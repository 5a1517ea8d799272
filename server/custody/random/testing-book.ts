import type { Approval } from '../../approvals/approvals.ts'
import type { Item } from '../items/item.ts'
import { account } from '../measures/testing-trips.ts'
import type { NewItem } from '../schemas.ts'
import { general, PHOTO, recordingOf, taking } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { bookOfBox, boxOf, isOfBox } from './testing-box-steps.ts'
import { type Cast, caseOfficers, FAR_STORE } from './testing-cast.ts'
import { bookOfCount, isOfCount } from './testing-count-steps.ts'
import { carryingOut, PHOTO_AFTER, proposal, weight } from './testing-leaving.ts'
import { dividing, owing, proposalOfMoney } from './testing-money.ts'
import type { Standing, Step, Verb, Wanted } from './testing-steps.ts'

const NOTES = [{ face_minor: 10_000, bundles: 0, loose: 7 }]
const FEWER_NOTES = [{ face_minor: 10_000, bundles: 0, loose: 6 }]
/** What the notes come to. */
const PAID_FEN = 70_000

/** A step with what it is about. */
export interface Turn {
  readonly step: Step
  readonly standing: Standing
  readonly picked: readonly Item[]
  readonly first: Item
  readonly asked: Approval | undefined
}

export type Usual = Omit<Wanted, 'verb'>

/** What the book says of a verb: who does it, who signs, and the command. */
export function bookOf(verb: Verb, turn: Turn): Usual {
  const { step, standing, picked, first, asked } = turn
  if (isOfCount(verb)) return bookOfCount(verb, turn)
  if (isOfBox(verb)) return bookOfBox(verb, turn)
  const { odd } = step
  const { cast, store: home } = standing.home
  const codes = picked.map(({ code }) => code)
  const { officer, colleague, otherCustodian, approver, head, supervisor } = cast
  const keeper = first.store === FAR_STORE ? cast.farCustodian : cast.custodian
  const kept = first.custodyStatus === 'IN_STORE'
  const by = (person: string, signers: readonly string[], command: CustodyCommand): Usual => ({
    ...{ person, with: signers, command },
  })
  switch (verb) {
    case 'photo':
    case 'wait':
      return by(officer, [], {
        ...{ type: 'custody.add-photo', items: [{ item: first.code, photos: [odd % 2 === 0 ? PHOTO : PHOTO_AFTER] }] },
      })
    case 'count': {
      const pending = first.custodyStatus === 'PENDING_HANDOVER'
      const counters = pending ? [officer, keeper, otherCustodian] : [officer, colleague, 'ban-pi']
      const found = odd < 90 ? NOTES : FEWER_NOTES
      return by(counters[odd % 3] ?? officer, [], { type: 'custody.count-cash', item: first.code, lines: found })
    }
    case 'film':
      return by(officer, [], recordingOf([first.code], first.measure.takenAt))
    case 'submit':
      return by(officer, [], { type: 'custody.hand-over', items: codes, store: odd < 10 ? FAR_STORE : home })
    case 'check-in': {
      const items = picked.map((item) => ({ ...put(item, turn), ...weight(item, odd), ...shown(item) }))
      return by(keeper, [officer, otherCustodian], { type: 'custody.check-in', items })
    }
    case 'send-back':
      return by(keeper, [], { type: 'custody.refuse-item', items: codes, reason: '清单不符' })
    case 'move':
      return by(otherCustodian, [cast.custodian], {
        ...{ type: 'custody.move', items: picked.map((item) => put(item, turn, 2)) },
      })
    case 'seal':
      return by(kept ? keeper : officer, [officer, colleague], {
        ...{
          type: 'custody.seal',
          items: codes,
          number: odd % 7 === 0 ? `F${standing.mark.split('-')[0]}-0` : `S${standing.mark}`,
        },
      })
    case 'unseal':
      return by(kept ? keeper : officer, [officer, colleague], { type: 'custody.unseal', items: codes, reason: '辨认' })
    case 'correct': {
      const items = [{ item: first.code, ...(odd % 2 === 0 ? { name: `更名${odd}` } : { weight_mg: 99_000 + odd }) }]
      return by(officer, [colleague, keeper], { type: 'custody.correct', items, reason: '笔误' })
    }
    case 'ask': {
      const dueAt = new Date(Date.parse(standing.now) + 20 * 3_600_000).toISOString()
      const deed = { command: 'borrow', items: codes, dueAt, purpose: 'TESTING' } as const
      return by(colleague, [], { type: 'approvals.ask', deed, reason: '检验' })
    }
    case 'grant':
    case 'refuse': {
      const deciders: Readonly<Record<string, string>> = { organ: head, review: cast.reviewer }
      const level =
        asked?.awaits === 'organ' || asked?.awaits === 'city' ? head : (deciders[asked?.unit ?? ''] ?? approver)
      return by(level, [], {
        ...{ type: `approvals.${verb}`, approval: asked?.id ?? NO_APPROVAL },
      })
    }
    case 'withdraw':
      return by(asked?.requester ?? officer, [], { type: 'approvals.withdraw', approval: asked?.id ?? NO_APPROVAL })
    case 'borrow': {
      const reserved = picked.find(({ reservation }) => reservation !== null)
      const { requester = colleague, approval = asked?.id ?? NO_APPROVAL } = reserved?.reservation ?? {}
      const items = (reserved === undefined ? picked : [reserved]).map((item) => ({
        item: item.code,
        ...weight(item, odd),
      }))
      return by(keeper, [requester, otherCustodian], { type: 'custody.borrow', items, approval })
    }
    case 'give-back': {
      const items = picked.map((item) => ({ ...putBack(item, turn), ...weight(item, odd), ...looks(item, odd) }))
      return by(keeper, [first.loan?.borrower ?? colleague, otherCustodian], { type: 'custody.give-back', items })
    }
    case 'incident':
      return by(kept ? keeper : officer, [], {
        type: 'custody.incident',
        items: codes,
        kind: 'damage',
        note: '外观有变',
      })
    case 'resolve': {
      const takeAsFound = odd % 2 === 0 && first.incident?.foundWeight_mg !== null
      return by(head, [], { type: 'custody.resolve', items: codes, conclusion: '已查明', takeAsFound })
    }
    case 'appraise': {
      const dueAt = new Date(Date.parse(standing.now) + 20 * 86_400_000).toISOString()
      const terms = { institution: '省鉴定中心', commission: '委〔2026〕1号', dueAt }
      return by(keeper, [officer, otherCustodian], { type: 'custody.appraise', items: codes, ...terms })
    }
    case 'appraised': {
      const items = picked.map((item) => ({ ...put(item, turn), ...weight(item, odd), ...looks(item, odd) }))
      return by(keeper, [officer, otherCustodian], { type: 'custody.appraised', items, report: '鉴〔2026〕1号' })
    }
    case 'dispatch': {
      const to = first.store === FAR_STORE ? home : FAR_STORE
      const dueAt = new Date(Date.parse(standing.now) + 2 * 86_400_000).toISOString()
      const items = picked.map((item) => ({ item: item.code, ...weight(item, odd) }))
      const terms = { to, carrier: officer, document: '调〔2026〕1号', dueAt }
      return by(keeper, [officer, otherCustodian], { type: 'custody.dispatch', items, ...terms })
    }
    case 'arrive': {
      const items = picked.map((item) => ({ ...put(item, turn), ...weight(item, odd), ...looks(item, odd) }))
      return by(keeper, [first.transit?.carrier ?? officer], { type: 'custody.arrive', items })
    }
    case 'split': {
      const more =
        first.category === 'cash' ? [{ cash: FEWER_NOTES }, { cash: [{ ...FEWER_NOTES[0]!, loose: 1 }] }] : []
      const heavy = first.category === 'valuables' ? [{ weight_mg: 60_000 }, { weight_mg: 40_000 }] : []
      const parts = [1, 2].map((quantity, nth) => ({ quantity, ...more[nth], ...heavy[nth] }))
      const items = [{ item: first.code, parts }]
      return by(kept ? keeper : officer, [kept ? officer : colleague, otherCustodian], {
        ...{ type: 'custody.split', items, reason: '分别保管' },
      })
    }
    case 'merge': {
      const like = standing.items.filter((item) => item.category === first.category && item.custodyStatus !== 'OUT')
      const items = odd < 80 ? like.map(({ code }) => code) : codes
      return by(kept ? keeper : officer, [kept ? officer : colleague, otherCustodian], {
        ...{ type: 'custody.merge', items: items.length < 2 ? [first.code, first.code] : items, reason: '一并保管' },
      })
    }
    case 'propose':
      return by(
        officer,
        [],
        first.proceeds === undefined ? proposal(codes, standing.now, odd) : proposalOfMoney(codes, odd),
      )
    case 'carry-out':
      return carriedOut(turn, keeper)
    case 'write-off':
      return by(first.store === null ? officer : keeper, [], { type: 'custody.write-off', items: codes })
    case 'complain':
    case 'review-complaint': {
      const review = verb === 'complain' ? {} : { review: true }
      return by(supervisor, [], {
        type: 'custody.complain',
        items: codes,
        ground: 'misused',
        note: '认为不当',
        ...review,
      })
    }
    case 'decide-complaint': {
      const superior = { organ: '上级机关', number: `复〔2026〕${odd}号` }
      const above = picked.some(({ complaint }) => complaint?.review === true) ? { superior } : {}
      const decision = { upheld: odd % 3 === 0, conclusion: '经查', ...above }
      return by(head, [], { type: 'custody.decide-complaint', items: codes, ...decision })
    }
    case 'ask-measure': {
      const kind = (['VOLUNTARY_RECEIVED', 'FROZEN', 'SEIZED'] as const)[odd % 3] ?? 'SEIZED'
      const deed = { command: 'take-measure', case: standing.number, kind } as const
      return by(officer, [], { type: 'approvals.ask', deed, reason: '查办需要' })
    }
    case 'surrender':
      return by(officer, [], taken(turn, 'VOLUNTARY_RECEIVED', general))
    case 'freeze':
      return by(officer, [], taken(turn, 'FROZEN', account))
    case 'ask-convert': {
      const terms = { kind: 'SEIZED', document: `扣字〔2026〕${odd}号` } as const
      const deed = { command: 'convert-surrender', items: codes, ...terms } as const
      return by(colleague, [], { type: 'approvals.ask', deed, reason: '立案后转扣押' })
    }
    case 'ask-confirm': {
      const deed = { command: 'confirm-measure', items: codes } as const
      return by(colleague, [], { type: 'approvals.ask', deed, reason: '补办批准' })
    }
    case 'deposit': {
      const paid = {
        voucher: odd % 9 === 0 ? '缴款 001' : `缴款 ${standing.mark}`,
        amount_fen: odd < 90 ? PAID_FEN : PAID_FEN - 1,
      }
      const items = [{ item: first.code, ...paid }]
      return by(officer, [cast.finance], { type: 'custody.deposit', items, account: '专户 6222' })
    }
    case 'owe':
      return by(officer, [], owing(standing.number, odd * 10_000))
    case 'divide':
      return by(officer, [cast.finance], dividing(first, odd))
    case 'close':
      return by(officer, [], { type: 'custody.close-case', case: standing.number })
  }
}

const NO_APPROVAL = '00000000-0000-7000-8000-000000000000'
const staffOf = ({ otherCustodian, finance, supervisor }: Cast): string[] => [
  ...[otherCustodian, finance, supervisor, 'ban-pi'],
]

/** By a custodian, or by officers of the case where no store keeps it; what executes in a tax case, by neither of these officers. */
function carriedOut(turn: Turn, keeper: string): Usual {
  const { first, standing } = turn
  const { cast } = standing.home
  const command = carryingOut(turn)
  if (first.track !== 'TAX' || command.type === 'custody.release')
    return { person: first.store === null ? cast.colleague : keeper, with: staffOf(cast), command }
  const staff = staffOf(cast).filter((one) => !caseOfficers.some((officer) => officer === one))
  return { person: first.store === null ? cast.executor : keeper, with: staff, command }
}

function put(
  item: Item,
  { standing: { home }, step: { odd } }: Turn,
  narrowOneIn = 9,
): { item: string; location: string } {
  const { places, store } = home
  const shelves =
    odd % narrowOneIn === 0 ? places.narrow : (places[item.transit?.to ?? item.store ?? store] ?? places.narrow)
  const right = item.category === 'general' ? shelves.ordinary : shelves.precious
  return { item: item.code, location: odd === 99 ? shelves.ordinary : right }
}

/** What went out in a box goes back into it, mostly. */
function putBack(item: Item, turn: Turn): { item: string; location: string } {
  const { standing, step } = turn
  const box = item.loan?.container === undefined ? undefined : boxOf(standing, item, step.odd)
  return box === undefined || step.odd % 3 === 0 ? put(item, turn) : { item: item.code, location: box.code }
}

function shown({ seal }: Item): { sealNumber?: string } {
  return seal === null ? {} : { sealNumber: seal.number }
}

function looks({ seal }: Item, odd: number): { seal?: 'intact' | 'broken'; condition: 'same' } {
  return { ...(seal === null ? {} : { seal: odd % 8 === 0 ? 'broken' : 'intact' }), condition: 'same' }
}

/** Registered under the last grant of its kind, or under none that there is. */
function taken({ standing }: Turn, kind: 'VOLUNTARY_RECEIVED' | 'FROZEN', line: NewItem): CustodyCommand {
  const approval = standing.approved.findLast((one) => one.kind === kind)?.approval ?? NO_APPROVAL
  const measure = { ...taking.measure, kind, approval }
  return { type: 'custody.register', case: standing.number, items: [line], ...taking, measure }
}
