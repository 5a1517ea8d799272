import type { Dice } from '../../../devices/fuzz-inputs.ts'
import type { Approval } from '../../approvals/approvals.ts'
import type { DisposalType } from '../disposal/types.ts'
import type { Item } from '../items/item.ts'
import type { NewItem } from '../schemas.ts'
import { cash, general, gold, PHOTO } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { cast, everybody, FAR_STORE, type Places, STORE } from './testing-cast.ts'

export const VERBS = [
  ...(['photo', 'count', 'submit', 'check-in', 'send-back', 'move', 'seal', 'unseal', 'correct'] as const),
  ...(['ask', 'grant', 'refuse', 'withdraw', 'borrow', 'give-back', 'incident', 'resolve'] as const),
  ...(['appraise', 'appraised', 'dispatch', 'arrive', 'split', 'merge'] as const),
  ...(['propose', 'carry-out', 'write-off', 'complain', 'decide-complaint', 'close', 'wait'] as const),
] as const
export type Verb = (typeof VERBS)[number]

/** One step by chance. What it comes to depends on how things stand when its turn comes. */
export interface Step {
  /** Null: whatever would come next by the book for the first item that is picked. */
  readonly verb: Verb | null
  /** Null: who would do it by the book. */
  readonly person: string | null
  /** Null: who would sign beside him by the book. */
  readonly signers: readonly string[] | null
  readonly picks: readonly number[]
  /** From 0 to 99, for whatever else is open. */
  readonly odd: number
}

/** What a life by chance begins with: two or three things. */
export function goodsOf(chance: Dice, mark: string): NewItem[] {
  const kinds = [
    [phones, goldOf],
    [goldOf, cashOf],
    [phones, cashOf],
    [phones, phones],
    [phones, phones, phones],
  ] as const
  return chance.among(kinds).map((make, index) => make(`${mark}-${index}`))
}

const phones = (): NewItem => ({ ...general, quantity: 3 })
const goldOf = (number: string): NewItem => ({ ...gold, seal: sealed(number) })
const cashOf = (number: string): NewItem => ({ ...cash, seal: sealed(number) })
const sealed = (number: string) => ({ number, signers: [cast.officer, cast.colleague] })

/** The weight of a bar of gold, in milligrams, and what it may be found to weigh instead. */
const WEIGHED_mg = [100_000, 100_000, 100_000, 100_000, 100_100, 98_000]
const NOTES = [{ face_minor: 10_000, bundles: 0, loose: 7 }]
const FEWER_NOTES = [{ face_minor: 10_000, bundles: 0, loose: 6 }]
export const PHOTO_AFTER = PHOTO.replaceAll('a', 'c')

const BY_THE_BOOK_IN_TEN = 8
const FORWARD_IN_TEN = 8
const SIGNERS_MAX = 3

/** So many steps; the same chance gives the same steps. */
export function stepsOf(chance: Dice, count: number): Step[] {
  const isUsual = (): boolean => chance.under(10) < BY_THE_BOOK_IN_TEN
  return Array.from({ length: count }, () => ({
    verb: chance.under(10) < FORWARD_IN_TEN ? null : chance.among(VERBS),
    person: isUsual() ? null : chance.among(everybody),
    signers: isUsual() ? null : Array.from({ length: chance.under(SIGNERS_MAX + 1) }, () => chance.among(everybody)),
    picks: Array.from({ length: 1 + chance.under(2) }, () => chance.under(6)),
    odd: chance.under(100),
  }))
}

/** How things stand with one case before a step. */
export interface Standing {
  readonly number: string
  /** In the order in which they were made; at least one. */
  readonly items: readonly Item[]
  /** All that was ever asked for, oldest first. */
  readonly approvals: readonly Approval[]
  /** What each proposal that an item stands on comes to. */
  readonly ways: ReadonlyMap<string, DisposalType>
  readonly places: Places
  readonly now: string
  /** Stands in numbers that must be given once. */
  readonly mark: string
}

export interface Wanted {
  readonly verb: Verb
  readonly person: string
  readonly with: readonly string[]
  readonly command: CustodyCommand
}

/** What would come next by the book; of several that could, one by chance. */
function nextVerb(item: Item, asked: Approval | undefined, odd: number): Verb {
  const one = (...verbs: readonly Verb[]): Verb => verbs[odd % verbs.length] ?? 'wait'
  if (item.incident !== null) return one('resolve', 'resolve', 'resolve', 'photo', 'borrow')
  if (item.complaint !== undefined) return one('decide-complaint', 'decide-complaint', 'ask', 'give-back')
  if (asked !== undefined && item.custodyStatus !== 'BORROWED')
    return one('grant', 'grant', 'grant', 'grant', 'refuse', 'withdraw', 'borrow', 'carry-out')
  switch (item.custodyStatus) {
    case 'NOT_RECEIVED':
    case 'WITH_CASE_DEPT':
      if (item.dispositionStatus === 'APPROVED') return 'carry-out'
      if (item.photos.length === 0) return 'photo'
      if (item.category === 'cash' && (item.cash?.agreed.length ?? 0) === 0) return 'count'
      if (item.category !== 'general' && item.seal === null) return 'seal'
      return one('submit', 'submit', 'submit', 'submit', 'unseal', 'correct', 'propose', 'split', 'merge', 'incident')
    case 'PENDING_HANDOVER':
      if (item.category === 'cash' && item.cash?.agreed.at(-1)?.list !== item.list)
        return one('count', 'count', 'check-in')
      return one('check-in', 'check-in', 'check-in', 'check-in', 'send-back')
    case 'IN_STORE':
      if (item.dispositionStatus === 'APPROVED') return one('carry-out', 'carry-out', 'carry-out', 'photo', 'ask')
      if (item.reservation !== null) return one('borrow', 'borrow', 'borrow', 'move')
      if (item.category !== 'general' && item.seal === null) return one('seal', 'split')
      return one(
        ...(['ask', 'ask', 'ask', 'propose', 'propose', 'propose', 'move', 'appraise', 'dispatch', 'unseal'] as const),
        ...(['incident', 'complain', 'split', 'merge', 'correct', 'seal'] as const),
      )
    case 'BORROWED':
      return one('give-back', 'give-back', 'give-back', 'unseal')
    case 'AT_APPRAISAL':
      return one('appraised', 'appraised', 'unseal')
    case 'IN_TRANSIT':
      return one('arrive', 'arrive', 'incident')
    case 'OUT':
      return one('write-off', 'write-off', 'close')
    case 'DEPOSITED':
    case 'IN_PLACE':
    case 'HOLDER_KEEPS':
    case 'THIRD_PARTY':
      return one('propose', 'close')
  }
}

/** Who does it, who signs, and what is asked for, as things stand. */
export function wantedBy(step: Step, standing: Standing): Wanted {
  const { items, approvals } = standing
  const picked = [...new Set(step.picks.map((pick) => items[pick % items.length] as Item))]
  const [first] = picked as [Item, ...Item[]]
  const asked = approvals.findLast(({ status, deed }) => status === 'asked' && namesItem(deed, first.code))
  const verb = step.verb ?? nextVerb(first, asked, step.odd)
  const usual = bookOf(verb, { step, standing, picked, first, asked: asked ?? approvals.at(-1) })
  const person = step.person ?? usual.person
  const signers = (step.signers ?? usual.with).filter((one) => one !== person)
  return { verb, person, with: [...new Set(signers)], command: usual.command }
}

function namesItem(deed: Approval['deed'], code: string): boolean {
  return JSON.stringify(deed).includes(code)
}

interface Turn {
  readonly step: Step
  readonly standing: Standing
  readonly picked: readonly Item[]
  readonly first: Item
  readonly asked: Approval | undefined
}

type Usual = Omit<Wanted, 'verb'>

function bookOf(verb: Verb, turn: Turn): Usual {
  const { step, standing, picked, first, asked } = turn
  const { odd } = step
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
        ...{ type: 'custody.add-photo', item: first.code, photos: [odd % 2 === 0 ? PHOTO : PHOTO_AFTER] },
      })
    case 'count': {
      const pending = first.custodyStatus === 'PENDING_HANDOVER'
      const counters = pending ? [officer, keeper, otherCustodian] : [officer, colleague, 'ban-pi']
      const found = odd < 90 ? NOTES : FEWER_NOTES
      return by(counters[odd % 3] ?? officer, [], { type: 'custody.count-cash', item: first.code, lines: found })
    }
    case 'submit':
      return by(officer, [], { type: 'custody.hand-over', items: codes, store: odd < 10 ? FAR_STORE : STORE })
    case 'check-in': {
      const items = picked.map((item) => ({ ...put(item, turn), ...weight(item, odd), ...shown(item) }))
      return by(keeper, [officer, otherCustodian], { type: 'custody.check-in', items })
    }
    case 'send-back':
      return by(keeper, [], { type: 'custody.refuse-item', items: codes, reason: '清单不符' })
    case 'move':
      return by(otherCustodian, [cast.custodian], {
        ...{ type: 'custody.move', items: picked.map((item) => put(item, turn)) },
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
      return by(deciders[asked?.unit ?? ''] ?? approver, [], {
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
      const items = picked.map((item) => ({ ...put(item, turn), ...weight(item, odd), ...looks(item, odd) }))
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
      const to = first.store === FAR_STORE ? STORE : FAR_STORE
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
      return by(officer, [], proposal(codes, standing.now, odd))
    case 'carry-out':
      return by(first.store === null ? colleague : keeper, STAFF, carryingOut(turn))
    case 'write-off':
      return by(first.store === null ? officer : keeper, [], { type: 'custody.write-off', items: codes })
    case 'complain':
      return by(supervisor, [], { type: 'custody.complain', items: codes, ground: 'misused', note: '认为不当' })
    case 'decide-complaint': {
      const decision = { upheld: odd % 3 === 0, conclusion: '经查' }
      return by(head, [], { type: 'custody.decide-complaint', items: codes, ...decision })
    }
    case 'close':
      return by(officer, [], { type: 'custody.close-case', case: standing.number })
  }
}

const NO_APPROVAL = '00000000-0000-7000-8000-000000000000'
const STAFF = [cast.otherCustodian, cast.finance, cast.supervisor, 'ban-pi']

function put(item: Item, { standing: { places }, step: { odd } }: Turn): { item: string; location: string } {
  const shelves = odd % 9 === 0 ? places.narrow : (places[item.transit?.to ?? item.store ?? STORE] ?? places.narrow)
  const right = item.category === 'general' ? shelves.ordinary : shelves.precious
  return { item: item.code, location: odd === 99 ? shelves.ordinary : right }
}

function weight({ category }: Item, odd: number): { weight_mg?: number } {
  return category === 'valuables' ? { weight_mg: WEIGHED_mg[odd % WEIGHED_mg.length] ?? 0 } : {}
}

function shown({ seal }: Item): { sealNumber?: string } {
  return seal === null ? {} : { sealNumber: seal.number }
}

function looks({ seal }: Item, odd: number): { seal?: 'intact' | 'broken'; condition: 'same' } {
  return { ...(seal === null ? {} : { seal: odd % 8 === 0 ? 'broken' : 'intact' }), condition: 'same' }
}

type Proposal = Extract<CustodyCommand, { type: 'custody.propose-disposal' }>

function proposal(items: readonly string[], now: string, odd: number): Proposal {
  const base = { type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '建议如此办理' } as const
  switch (odd % 5) {
    case 0:
      return { ...base, way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: now }
    case 1:
      return { ...base, way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'review' }
    case 2:
      return {
        ...base,
        way: 'TRANSFER',
        destination: 'procuratorate',
        reviewUnit: 'review',
        suspectedCrime: odd % 2 === 0,
      }
    case 3:
      return { ...base, way: 'DESTROY', destination: 'none', reviewUnit: 'review' }
    default: {
      const sale = { ground: 'perishable', method: 'sell', estimate_fen: 500_000, holderOpinion: '同意变卖' } as const
      return { ...base, way: 'SELL', destination: 'special-account', appraisal: '价认〔2026〕1号', sale }
    }
  }
}

/** What the way of the first item's proposal asks for. */
function carryingOut({ picked, first, standing: { ways }, step: { odd } }: Turn): CustodyCommand {
  const items = picked.map((item) => ({ item: item.code, ...weight(item, odd) }))
  const receiver = { relation: 'holder', name: '领取人丙', identity: '居民身份证 110101', signed: true } as const
  switch (ways.get(first.disposal ?? '')) {
    case undefined:
    case 'RETURN':
      return { type: 'custody.release', items, noticeNumber: '解〔2026〕1号', receiver }
    case 'TRANSFER':
      return { type: 'custody.dispose', items, transfer: { organ: '某检察院', receipt: '收〔2026〕1号', receiver } }
    case 'DESTROY': {
      const destruction = { record: '销〔2026〕1号', method: '粉碎', before: [PHOTO], after: [PHOTO_AFTER] }
      return { type: 'custody.dispose', items, destruction }
    }
    case 'SELL': {
      const sale = { contract: '成〔2026〕1号', price_fen: 500_000 + odd, voucher: '进账单 001', account: '专户 6222' }
      return { type: 'custody.dispose', items, sale: { ...sale, buyer: { name: '买受人丁', identity: '营业执照 91' } } }
    }
    case 'CONFISCATE':
    case 'RECOVER':
    case 'COLLECT':
    case 'COMPENSATE':
    case 'SURRENDER':
      return { type: 'custody.dispose', items, payment: { voucher: '缴款书 001' } }
  }
}
