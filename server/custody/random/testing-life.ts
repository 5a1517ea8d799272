import type { Category } from '../categories.ts'
import type { Holding } from '../items/holdings.ts'
import type { ChainEntry } from '../protocol.ts'
import { unitOf } from './testing-cast.ts'

/**
 * What must hold of an item's life, said a second time and apart from the rules that the program decides by: from the entries of the registers
 * alone, it keeps who had the item and who had a part in each act, and names what one person did on both sides of it.
 */

export interface CaseOf {
  readonly unit: string
  readonly officers: readonly string[]
}

/** Classes that two custodians handle together. */
const TWO_KEEPERS: ReadonlySet<Category> = new Set(['cash', 'cards-securities', 'hazard', 'contraband', 'firearms'])

/** What an open incident must stop. */
const MOVING: ReadonlySet<string> = new Set([
  ...['deposited', 'measure-confirmed', 'surrender-converted'],
  ...['handover-submitted', 'checked-in', 'handover-refused', 'moved', 'loan-granted', 'lent', 'returned'],
  ...['sent-to-appraisal', 'returned-from-appraisal', 'dispatched', 'carried', 'arrived', 'unsealed', 'sealed'],
  ...['split', 'merged', 'proposed-for-disposal', 'disposal-reviewed', 'disposal-approved', 'disposed', 'written-off'],
])

/** Acts of a store's custodian, who must be apart from the case. */
const KEEPING: ReadonlySet<string> = new Set([
  ...['checked-in', 'handover-refused', 'moved', 'lent', 'returned', 'sent-to-appraisal', 'returned-from-appraisal'],
  ...['dispatched', 'arrived'],
])

/** At which two custodians of such a class must stand. */
const BY_TWO: ReadonlySet<string> = new Set([
  ...['checked-in', 'lent', 'returned', 'sent-to-appraisal', 'returned-from-appraisal', 'dispatched', 'arrived'],
])

type Said = Readonly<Record<string, unknown>>

/** What is known of an item from its entries so far. */
interface Known {
  holders: { who: string; from: string }[]
  submitter: string | null
  borrower: string | null
  opener: string | null
  complaintBy: string | null
  carrier: string | null
  /** Who decided the last complaint. */
  complaintDecidedBy: string | null
  /** What is reviewed, where the open complaint is a review of it, was decided by him. */
  reviewedOf: string | null
  /** Its measure has leave. */
  hasLeave: boolean
  /** Everybody who proposed, reviewed or approved the present way out. */
  deciders: string[]
  loan: Said | null
}

/** What is wrong with a life, in words for who mends the program; empty when nothing is. */
export function faultsOfLife(
  entries: readonly ChainEntry[],
  { category, holdings }: { readonly category: Category; readonly holdings: readonly Holding[] },
  of: CaseOf,
): string[] {
  const known: Known = {
    ...{ holders: [], submitter: null, borrower: null, opener: null, complaintBy: null, carrier: null },
    ...{ complaintDecidedBy: null, reviewedOf: null, hasLeave: false },
    ...{ deciders: [], loan: null },
  }
  const faults = entries.flatMap((entry) =>
    faultsOfAct(entry, category, known, of).map((one) => `${entry.type}: ${one}`),
  )
  return [...faults, ...faultsOfHolders(known.holders, holdings)]
}

function faultsOfAct(entry: ChainEntry, category: Category, known: Known, of: CaseOf): string[] {
  const { actor, at } = entry
  const type = entry.type.slice('custody.'.length)
  const body = entry.body as Said
  const hands = [...new Set([actor, ...entry.with])]
  const faults: string[] = []
  const must = (holds: boolean, what: string): void => {
    if (!holds) faults.push(`${what} (${hands.join(', ')})`)
  }
  const isOutside = (person: string): boolean => !of.officers.includes(person) && unitOf(person) !== of.unit
  const passTo = (who: string): void => {
    known.holders.push({ who, from: at })
  }
  // Under the whole seal of its box it comes back to custody unseen.
  const isUnseen = type === 'returned' && 'sealedIn' in body
  must(!(known.opener !== null && MOVING.has(type) && !isUnseen), 'the item is frozen')
  if (KEEPING.has(type)) must(isOutside(actor), 'who keeps has to do with the case')
  if (BY_TWO.has(type) && TWO_KEEPERS.has(category))
    must(hands.filter(isOutside).length >= 2, 'one custodian alone handled what takes two')
  switch (type) {
    case 'registered':
      known.holders.push({ who: `unit/${of.unit}`, from: String((body['measure'] as Said)['takenAt']) })
      known.hasLeave = 'approval' in (body['measure'] as Said)
      must(
        known.hasLeave || !['FROZEN', 'VOLUNTARY_RECEIVED'].includes(String((body['measure'] as Said)['kind'])),
        'taken without the leave that it cannot do without',
      )
      break
    case 'formed':
      passTo(body['store'] === null ? `unit/${String(body['keeper'] ?? of.unit)}` : `store/${String(body['store'])}`)
      known.hasLeave = 'approval' in (body['measure'] as Said) || 'confirmed' in (body['inherited'] as Said)
      break
    case 'proceeds-deposited':
      passTo(`unit/${String(body['keeper'])}`)
      known.hasLeave = 'approval' in (body['measure'] as Said) || 'confirmed' in body
      break
    case 'deposited':
      must(body['finance'] !== actor && hands.includes(String(body['finance'])), 'finance did not sign')
      must(isOutside(String(body['finance'])), 'finance has to do with the case')
      must(of.officers.includes(actor), 'no officer of the case paid it in')
      passTo(`unit/${String(body['keeper'])}`)
      break
    case 'measure-confirmed':
    case 'surrender-converted':
      must(!(type === 'measure-confirmed' && known.hasLeave), 'approved twice')
      must(body['approver'] !== body['requester'], 'one person asked and granted')
      must(!of.officers.includes(String(body['approver'])), 'an officer of the case granted')
      known.hasLeave = true
      break
    case 'cash-agreed':
      must(new Set(body['counters'] as string[]).size >= 2, 'one person counted')
      break
    case 'handover-submitted':
      known.submitter = actor
      break
    case 'checked-in':
      must(actor !== known.submitter, 'one person gave and took')
      must(
        hands.some((one) => one !== actor && unitOf(one) === of.unit) || hands.includes('quan-neng'),
        'nobody of the department signed',
      )
      passTo(`store/${String(body['store'])}`)
      break
    case 'handover-refused':
      must(actor !== known.submitter, 'one person gave and sent back')
      break
    case 'loan-granted':
      must(body['approver'] !== body['requester'], 'one person asked and granted')
      must(!of.officers.includes(String(body['approver'])), 'an officer of the case granted')
      known.loan = body
      break
    case 'lent': {
      const { requester, approver, borrower } = body
      must(new Set([requester, approver, actor]).size === 3, 'one person asked, granted or handed out')
      must(approver !== borrower && actor !== borrower, 'one person took it and granted or handed out')
      must(hands.includes(String(borrower)), 'who took it did not sign')
      must(known.loan?.['approval'] === body['approval'], 'nobody granted it')
      break
    }
    case 'received-on-loan':
      known.borrower = String(body['borrower'])
      passTo(`person/${known.borrower}`)
      break
    case 'returned':
      must(actor !== known.borrower, 'one person gave back and took back')
      must(
        hands.some((one) => one !== actor && (one === known.borrower || of.officers.includes(one))),
        'nobody signed who brought it',
      )
      passTo(`store/${String(body['store'])}`)
      known.borrower = null
      break
    case 'sent-to-appraisal':
      must(
        hands.some((one) => one !== actor && of.officers.includes(one)),
        'no officer of the case signed',
      )
      passTo('outside/appraisal')
      break
    case 'returned-from-appraisal':
      must(
        hands.some((one) => one !== actor && of.officers.includes(one)),
        'no officer of the case signed',
      )
      passTo(`store/${String(body['store'])}`)
      break
    case 'dispatched':
      must(actor !== body['carrier'] && hands.includes(String(body['carrier'])), 'one person gave and carried')
      break
    case 'carried':
      known.carrier = String(body['carrier'])
      passTo(`person/${known.carrier}`)
      break
    case 'arrived':
      must(actor !== known.carrier && hands.includes(String(known.carrier)), 'one person carried and took in')
      passTo(`store/${String(body['store'])}`)
      break
    case 'incident-opened':
      known.opener = String(body['opener'])
      break
    case 'incident-resolved':
      must(actor !== known.opener, 'one person opened and resolved')
      must(!of.officers.includes(actor), 'an officer of the case resolved')
      known.opener = null
      break
    case 'unsealed':
    case 'sealed':
    case 'corrected':
    case 'split':
    case 'merged':
      must(hands.length >= 2, 'one person alone')
      if (type === 'split' || type === 'merged') passTo('outside/regrouped')
      break
    case 'complaint-accepted':
      must(!of.officers.includes(actor), 'an officer of the case accepted')
      known.complaintBy = actor
      known.reviewedOf = body['review'] === true ? known.complaintDecidedBy : null
      must(known.reviewedOf !== actor, 'who decided accepted the review')
      break
    case 'complaint-decided':
      must(!of.officers.includes(actor), 'an officer of the case decided')
      // A review is decided above, and only written down: also by who accepted it.
      must(known.reviewedOf !== null || actor !== known.complaintBy, 'who accepted decided')
      must(actor !== known.reviewedOf, 'who decided first decided the review')
      must((known.reviewedOf === null) === (body['superior'] === undefined), 'a review is the superior organ’s')
      known.complaintDecidedBy = actor
      break
    case 'proposed-for-disposal':
      must(body['way'] === 'RETURN' || known.hasLeave, 'what nobody approved is to go another way than back')
      known.deciders = [actor]
      break
    case 'disposal-reviewed':
    case 'disposal-approved':
      must(!known.deciders.includes(actor), 'one person proposed or agreed twice')
      must(!of.officers.includes(actor), 'an officer of the case decided')
      known.deciders.push(actor)
      break
    case 'disposed':
      must(hands.length >= 2, 'one person alone')
      must(!hands.some((one) => known.deciders.includes(one)), 'who decided carried it out')
      must(known.deciders.length >= 2, 'nobody agreed')
      must(body['way'] === 'RETURN' || known.hasLeave, 'what nobody approved went another way than back')
      if (body['listOnly'] !== true) passTo(`outside/${String(body['way']).toLowerCase()}`)
      break
    default:
  }
  return faults
}

/** One holder at each moment from the first on, the one whom the entries say, and never two or none. */
function faultsOfHolders(expected: Known['holders'], holdings: readonly Holding[]): string[] {
  const faults: string[] = []
  const open = holdings.filter(({ to }) => to === null)
  if (open.length !== 1) faults.push(`${open.length} present holders`)
  for (const [index, { from, to }] of holdings.entries()) {
    const next = holdings[index + 1]
    if (to !== (next?.from ?? null))
      faults.push(`holder ${index + 1} ends ${to}, the next begins ${next?.from ?? 'never'}`)
    if (to !== null && to < from) faults.push(`holder ${index + 1} ends before he begins`)
  }
  const said = expected.map(({ who, from }) => `${who} ${from}`).join('; ')
  const kept = holdings.map(({ who, from }) => `${who} ${from}`).join('; ')
  if (said !== kept) faults.push(`holders by the registers: ${said}; by the table: ${kept}`)
  return faults
}
