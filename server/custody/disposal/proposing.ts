import { makeCode } from '../../../labels/item-code.ts'
import { ask, type DeedData, type Dropping } from '../../approvals/approvals.ts'
import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { trackWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { type Disposal, nextLevel } from './disposal.ts'
import type { TypedNotices } from './issued-notices.ts'
import { outOfOrder } from './out-of-order.ts'
import {
  DATED_GROUNDS,
  destinationWords,
  type DisposalType,
  disposalTypes,
  type Level,
  OWED_FIRST,
  releaseWords,
} from './types.ts'
import { mustBeApprovedFor } from '../measures/unapproved.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import type { WithAccounts } from '../deposit/special.ts'
import type { SaleTerms } from './facts.ts'
import type { Numbering } from '../intake/handover.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { ItemNumbers } from './proceeds.ts'
import { yearOf } from '../intake/registering.ts'
import { caseOf, casesAmong, itemOf, mustBeAble, type Scene } from '../scene.ts'
import type { ProposeDisposal } from './schemas.ts'
import { mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'
import { mustKeepRole, type WithRoles } from '../tax-roles/roles.ts'
import { mustBeOver, type Sales } from '../worth/surplus.ts'

/** What acts of disposal look at besides items and cases. */
export interface DisposalScene extends Scene, WithAccounts, WithRoles {
  readonly disposals: ReadonlyMap<string, Disposal>
  /** Units for which an approver is appointed. */
  readonly approving: ReadonlySet<string>
  /** The next item numbers of the department; null where the act makes no item. */
  readonly numbers: ItemNumbers | null
  /** By case, whom it names. */
  readonly names: ReadonlyMap<string, CaseNames>
  /** Of the named items, those that personal effects became already. */
  readonly became: ReadonlySet<string>
  /** By item, what tells its holder from any other; nothing of one whose name was lawfully erased. */
  readonly holders: ReadonlyMap<string, string>
  /** By item, the names that its holder goes by, a cover name with the one behind it; nothing of one whom nobody named or who was erased. */
  readonly holderNames: ReadonlyMap<string, readonly string[]>
  /** The money of sales of the cases of these items. */
  readonly sales: Sales
  readonly notices: TypedNotices
}

/** What agreeing names: the paper and what it is about, so that who decides reads it and both facts hold it. */
export type AgreeDeed = {
  readonly command: 'review-disposal' | 'approve-disposal'
  readonly disposal: string
  readonly items: readonly string[]
  readonly way: DisposalType
  readonly destination: Disposal['destination']
}

const DEED_OF: Readonly<Record<Level, AgreeDeed['command']>> = {
  review: 'review-disposal',
  department: 'approve-disposal',
  organ: 'approve-disposal',
}

/**
 * 拟处置: an officer proposes one way for items of one case, and the first who must agree is asked in the same act. An earlier proposal
 * for an item is void from then on. Answers with the paper's code and the request.
 */
export function proposeDisposal(
  scene: DisposalScene & { readonly numbering: Numbering },
  command: ProposeDisposal,
  circumstances: Circumstances,
): Decision {
  const { actor, at, mint } = circumstances
  const items = linesOf(command.items).map((line) => itemOf(scene, line.item))
  for (const item of items) {
    mustHandle(actor, caseOf(scene, item.case))
    mustBeOpenTo(item, ['NONE', 'PROPOSED', 'IN_REVIEW', 'APPROVED'])
    mustBeUndisputed(item)
    mustBeAble(item, 'propose-disposal', circumstances)
  }
  const [number = '', other] = casesAmong(items)
  if (other !== undefined) throw new Refusal('custody.disposal-one-case', { case: number, other })
  const of = caseOf(scene, number)
  mustFit(of, items, command, at)
  if (command.ground !== undefined && OWED_FIRST.includes(command.ground)) mustBeOver(of, scene.sales, items)
  mustFitPaper({
    处置意见: { en: 'Opinion', text: command.opinion },
    鉴定文书: { en: 'Appraisal', text: command.appraisal },
  })
  const inClear = [{ field: 'appraisal', name: { zh: '鉴定文书号', en: 'appraisal' }, text: command.appraisal }]
  mustNameNobody(inClear, scene.names.get(number) ?? noNames)
  const { way, destination } = command
  const { unitNumber, nextSerial } = scene.numbering
  const year = yearOf(at)
  const code = makeCode({ kind: 'document', unit: unitNumber, year, serial: nextSerial })
  const codes = items.map((item) => item.code)
  const reviewUnit = disposalTypes[way].levels.includes('review') ? reviewOffice(scene, of, command.reviewUnit) : null
  const deed = { code, items: codes, way, destination, unit: of.unit, reviewUnit }
  const asked = askNext(scene, { ...deed, agreed: [] }, command.opinion, circumstances)
  if (asked === null) throw new Error(`${way} needs nobody's agreement`)
  const register = unitRegister(of.unit)
  const foundAt = command.foundAt ?? null
  const sale = saleTermsOf(command, circumstances)
  return {
    facts: [
      draft(register, 'custody.disposal-proposed', `disposal/${code}`, {
        ...{ case: number, unit: of.unit, year, serial: nextSerial, way, destination },
        ...{ ground: command.ground ?? null, foundAt, suspectedCrime: command.suspectedCrime, reviewUnit },
        ...{ items: codes, opinion: mint.seal(command.opinion), appraisal: command.appraisal ?? null },
        approval: asked.approval,
        ...(sale === null ? {} : { sale }),
      }),
      ...items.map((item) =>
        draft(register, 'custody.proposed-for-disposal', `item/${item.code}`, {
          ...{ disposal: code, case: number, way },
          found: foundAt === null ? null : findingOf(item, command.ground, foundAt),
        }),
      ),
      ...asked.facts,
    ],
    result: { disposal: code, approval: asked.approval },
  }
}

/** What a term runs from; what was found before goes on. */
function findingOf({ foundUnrelatedAt, taxPaidAt, measure }: Item, ground: ProposeDisposal['ground'], at: string) {
  if (ground === 'tax-paid') return taxPaidAt === undefined ? { at, measure: measure.kind, ground } : null
  return foundUnrelatedAt === undefined ? { at, measure: measure.kind } : null
}

/** The way must be one of the case's track, lead somewhere lawful, and say what it rests on. */
function mustFit(of: Case, items: readonly Item[], command: ProposeDisposal, at: string): void {
  const { destination, suspectedCrime, ground, foundAt } = command
  const { tracks, destinations, crime, name } = disposalTypes[command.way]
  const way = { way: name.zh, wayEn: name.en }
  if (!tracks.includes(of.track)) {
    const { zh, en } = trackWords[of.track]
    throw new Refusal('custody.disposal-track', { ...way, track: zh, trackEn: en })
  }
  if (!destinations.includes(destination)) {
    const { zh, en } = destinationWords[destination]
    throw new Refusal('custody.disposal-destination', { ...way, destination: zh, destinationEn: en })
  }
  if (command.way !== 'RETURN' && (ground !== undefined || foundAt !== undefined))
    throw new Refusal('custody.ground-of-return', way)
  const stated = items.find((item) => item.suspectedCrime === true)
  if (!crime && (suspectedCrime || stated !== undefined))
    throw new Refusal('custody.crime-goes-with-case', { ...way, item: (stated ?? items[0])?.code ?? '' })
  if (command.way === 'RETURN' && (ground === undefined || DATED_GROUNDS.includes(ground) !== (foundAt !== undefined)))
    throw new Refusal('custody.ground-missing', way)
  const undecided = items.find(({ measureStatus }) => measureStatus === 'VOLUNTARY_RECEIVED')
  if (command.way !== 'RETURN' && undecided !== undefined)
    throw new Refusal('custody.surrender-undecided', { item: undecided.code })
  mustBeApprovedFor(command.way, items)
  if (ground === 'tax-paid' && of.track !== 'TAX') {
    const { zh, en } = trackWords[of.track]
    throw new Refusal('custody.disposal-track', {
      way: releaseWords[ground].zh,
      wayEn: releaseWords[ground].en,
      track: zh,
      trackEn: en,
    })
  }
  const early = items.find((item) => foundAt !== undefined && foundAt < item.measure.takenAt)
  if (foundAt !== undefined && (foundAt > at || early !== undefined))
    throw new Refusal('custody.found-time', { foundAt, item: (early ?? items[0])?.code ?? '' })
}

/** What a proposal to sell early asks for beside the rest (row 23, form F-15); null where nothing is sold. */
function saleTermsOf({ way, sale, appraisal }: ProposeDisposal, { mint }: Circumstances): SaleTerms | null {
  if (way !== 'SELL') {
    if (sale !== undefined) throw new Refusal('custody.sale-of-sale')
    return null
  }
  if (sale === undefined || appraisal === undefined) throw new Refusal('custody.sale-missing')
  const { holderOpinion, ...terms } = sale
  mustFitPaper({ 持有人意见: { en: 'Opinion of the holder', text: holderOpinion } })
  return { ...terms, holderOpinion: mint.seal(holderOpinion) }
}

/** The office that reviews is no part of the department that handles the case (rules X-08). */
function reviewOffice({ approving }: DisposalScene, of: Case, named: string | undefined): string {
  if (named === undefined || named === of.unit || !approving.has(named))
    throw new Refusal('custody.no-review-office', { unit: named ?? '', department: of.unit })
  return named
}

type Asking = Pick<Disposal, 'code' | 'items' | 'way' | 'destination' | 'unit' | 'reviewUnit' | 'agreed' | 'dropped'>

/** Asks whoever must agree next, as the one who acts now; null when all have. */
function askNext(
  { lineage }: Pick<Scene, 'lineage'>,
  disposal: Asking,
  reason: string,
  circumstances: Circumstances,
): { readonly approval: string; readonly facts: readonly FactDraft[] } | null {
  const level = nextLevel(disposal)
  if (level === null) return null
  const deed = deedFor(disposal, level)
  const where = { unit: decidingUnit({ lineage }, disposal, level), register: unitRegister(disposal.unit) }
  const { facts, result } = ask(where, { deed: deed as DeedData & AgreeDeed, reason }, circumstances)
  return { approval: String(result?.['id']), facts }
}

function deedFor({ code, items, way, destination }: Asking, level: Level): AgreeDeed {
  return { command: DEED_OF[level], disposal: code, items, way, destination }
}

/** Whose approver decides at a level. */
function decidingUnit(
  { lineage }: Pick<Scene, 'lineage'>,
  { unit, reviewUnit }: Pick<Disposal, 'unit' | 'reviewUnit'>,
  level: Level,
): string {
  if (level === 'review') return reviewUnit ?? unit
  return level === 'department' ? unit : (lineage.get(unit)?.at(-1) ?? unit)
}

/** Asks again where a request has lapsed: by an officer of the case, for exactly what the paper says. */
export function askAgreement(
  scene: DisposalScene,
  deed: AgreeDeed,
  { actor }: Circumstances,
): { readonly unit: string; readonly register: string } {
  const { disposal, level } = standing(scene, deed)
  mustHandle(actor, caseOf(scene, disposal.case))
  return { unit: decidingUnit(scene, disposal, level), register: unitRegister(disposal.unit) }
}

/** 审理、审批: one of those who must agree does; the next is asked in the same act, or the items may be disposed of. */
export function agreeToDisposal(
  scene: DisposalScene,
  deed: AgreeDeed,
  { approval }: { readonly approval: string },
  circumstances: Circumstances,
): readonly FactDraft[] {
  const { disposal, level, items } = standing(scene, deed)
  const { actor } = circumstances
  const of = caseOf(scene, disposal.case)
  mustDiffer(actor.person, { requester: disposal.proposer })
  for (const { by } of disposal.agreed) mustDiffer(actor.person, { reviewer: by })
  mustNotHandle(actor, of)
  mustKeepRole(scene, of.number, actor.person, 'REVIEW')
  if (level === 'review' && actor.unit === of.unit)
    throw new Refusal('custody.reviewer-inside', { department: of.unit })
  const last = disposalTypes[disposal.way].levels.length === disposal.agreed.length + 1
  for (const item of items) {
    mustNotKeep(actor, item)
    mustBeUndisputed(item)
    mustBeAble(item, last ? 'approve-disposal' : 'review-disposal', circumstances)
  }
  const agreed = [...disposal.agreed, { level, by: actor.person, at: circumstances.at, approval }]
  const next = askNext(
    scene,
    { ...disposal, agreed },
    `${disposalTypes[disposal.way].name.zh} ${deed.disposal}`,
    circumstances,
  )
  const register = unitRegister(disposal.unit)
  const shared = { disposal: disposal.code, approval }
  const { way, suspectedCrime } = disposal
  return [
    draft(register, 'custody.disposal-agreed', `disposal/${disposal.code}`, {
      ...{ level, approval, next: next?.approval ?? null },
    }),
    ...items.map((item) =>
      last
        ? draft(register, 'custody.disposal-approved', `item/${item.code}`, { ...shared, way, suspectedCrime })
        : draft(register, 'custody.disposal-reviewed', `item/${item.code}`, shared),
    ),
    ...(next?.facts ?? []),
  ]
}

/**
 * 未获批准、撤回: the paper comes to nothing and frees the items that still stand for it. A paper that was replaced or decided meanwhile
 * is left as it is: the request alone ends.
 */
export function dropDisposal(
  scene: DisposalScene,
  deed: AgreeDeed,
  { approval, verdict: why }: { readonly approval: string; readonly verdict: Dropping },
  circumstances: Circumstances,
): readonly FactDraft[] {
  const disposal = scene.disposals.get(deed.disposal)
  if (disposal === undefined || !isNamedBy(deed, disposal)) return []
  // To refuse is to review as well.
  if (why === 'refused') mustKeepRole(scene, disposal.case, circumstances.actor.person, 'REVIEW')
  const { code, way, unit } = disposal
  const items = disposal.items.map((one) => itemOf(scene, one)).filter((item) => item.disposal === code)
  for (const item of items) mustBeAble(item, 'drop-disposal', circumstances)
  const register = unitRegister(unit)
  return [
    draft(register, 'custody.disposal-dropped', `disposal/${code}`, {
      ...{ approval, why, items: items.map((item) => item.code) },
    }),
    ...items.map((item) =>
      draft(register, 'custody.proposal-dropped', `item/${item.code}`, {
        ...{ disposal: code, way, approval, why },
        ...(way === 'RETURN' && why === 'withdrawn' ? { findingEnds: true as const } : {}),
      }),
    ),
  ]
}

/** Whether a deed asks exactly what the paper is waiting for. */
function isNamedBy(deed: AgreeDeed, disposal: Disposal): boolean {
  const level = nextLevel(disposal)
  return (
    level !== null &&
    DEED_OF[level] === deed.command &&
    disposal.way === deed.way &&
    disposal.destination === deed.destination &&
    disposal.items.length === deed.items.length &&
    disposal.items.every((code, index) => code === deed.items[index])
  )
}

/** The paper that a deed names, as far as it still stands: what was proposed anew meanwhile, or decided, is not decided again. */
function standing(
  scene: DisposalScene,
  deed: AgreeDeed,
): { readonly disposal: Disposal; readonly level: Level; readonly items: readonly Item[] } {
  const disposal = scene.disposals.get(deed.disposal)
  const level = disposal === undefined ? null : nextLevel(disposal)
  if (disposal === undefined || level === null || !isNamedBy(deed, disposal))
    throw new Refusal('custody.disposal-changed', { disposal: deed.disposal })
  const items = disposal.items.map((code) => itemOf(scene, code))
  if (items.some((item) => item.disposal !== disposal.code))
    throw new Refusal('custody.disposal-changed', { disposal: deed.disposal })
  return { disposal, level, items }
}

/** @throws Refusal `custody.disposal-order` when the item is at another point of its way out */
export function mustBeOpenTo(item: Item, wanted: readonly Item['dispositionStatus'][]): void {
  if (!wanted.includes(item.dispositionStatus)) throw outOfOrder(item)
}

/** @throws Refusal `custody.complaint-open` (rules X-18) */
export function mustBeUndisputed({ code, complaint }: Item): void {
  if (complaint !== undefined)
    throw new Refusal('custody.complaint-open', { item: code, acceptedAt: complaint.acceptedAt })
}
