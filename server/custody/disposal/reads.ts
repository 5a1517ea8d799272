import { sql } from 'kysely'
import type { Approval, StepsBefore } from '../../approvals/approvals.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Reader, Sealed } from '../../module.ts'
import type { Refusal } from '../../refusal.ts'
import { toldOf } from '../../refusal-names.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { namesOf, textOf } from '../../names.ts'
import { type Disposal, papersOf, statusOf } from './disposal.ts'
import {
  basisOf,
  destinationWords,
  disposalTypes,
  levelWords,
  releaseWords,
  saleGroundWords,
  saleMethodWords,
} from './types.ts'
import { handingWords } from './effects.ts'
import type { Sale, SaleTerms } from './facts.ts'
import { said } from '../names.ts'
import type { Item } from '../items/item.ts'
import type { Track } from '../axes.ts'
import { refusedFor } from '../measures/unapproved.ts'
import { disposals } from '../projections.ts'
import type { DisposalPage, ShownDisposal } from '../protocol.ts'
import { actorIsOfficerOf, handles, holdsPost, keepsApart, mayExecute, sameAs } from '../separation.ts'
import { isExecuted, otherRole, roleRefused } from '../tax-roles/roles.ts'
import { taxPartsIn } from '../tax-roles/store.ts'
import { mayMove } from '../transitions.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** Whoever may see it is asked by the caller; null where there is none. */
export async function readDisposal(db: Reader, code: string): Promise<Disposal | null> {
  const found = await db.selectFrom('disposals').select('state').where('id', '=', code).executeTakeFirst()
  return found?.state ?? null
}

/** The papers of a case, the newest first. */
export async function disposalsOfCase(db: Reader, number: string, now: string): Promise<ShownDisposal[]> {
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = ${number} order by proposed_at desc, id desc
  `.execute(db)
  return shownDisposals(
    db,
    found.rows.map(({ state }) => state),
    now,
  )
}

const OTHER_OFFICER = {
  remedy: {
    zh: '由本案其他承办人员执行',
    en: 'Another officer of the case carries it out',
  },
} as const

/** A paper with those of its items alone that somebody may see, and the acts that are about any of them. */
export function narrowed(shown: ShownDisposal, seen: readonly Item[]): ShownDisposal {
  const codes = new Set(seen.map(({ code }) => code))
  const within = (items: readonly string[]): string[] => items.filter((code) => codes.has(code))
  const seenOf = <Told extends { readonly items: readonly string[] }>(told: readonly Told[]): Told[] =>
    told.map((one) => ({ ...one, items: within(one.items) })).filter(({ items }) => items.length > 0)
  return {
    ...shown,
    items: within(shown.items),
    acts: seenOf(shown.acts),
    notCollected: seenOf(shown.notCollected),
  }
}

/** A paper as who had a part in it reads it, and sees its case no more: what was proposed and agreed to of which things. */
export function textOnlyOf(shown: ShownDisposal, its: readonly Item[]): DisposalPage {
  const things = its.map(({ code, name }) => ({ code, name }))
  const nothing = { acts: [], notCollected: [], notices: [], yours: [], toDeliver: [], toStrike: [], barred: null }
  return { ...shown, ...nothing, things }
}

/**
 * Whose turn it is at a paper: the items that this person may carry out, and those that he may strike off, as they stand. What else an act
 * asks for, the act itself tells.
 */
export async function turnsOf(
  db: Reader,
  paper: Disposal,
  seen: readonly Item[],
  actor: Actor,
): Promise<Pick<DisposalPage, 'yours' | 'toDeliver' | 'toStrike' | 'barred'>> {
  const found = await db.selectFrom('cases').select('state').where('id', '=', paper.case).executeTakeFirst()
  if (found === undefined) return { yours: [], toDeliver: [], toStrike: [], barred: null }
  const of = found.state
  const parts = (await taxPartsIn(db, [of])).get(of.number) ?? []
  const isOpen = of.status === 'OPEN'
  const other = otherRole(parts, actor.person, 'EXECUTE', paper.way)
  const hadOwn = partIn(paper, actor.person)
  const hadPart = hadOwn !== null || other !== null
  const executes = isExecuted(of, paper.way) ? mayExecute : handles
  const carries = (item: Item): boolean => (item.store === null ? executes(actor, of) : keepsApart(actor, item, of))
  const strikes = ({ store }: Item): boolean =>
    store === null ? handles(actor, of) : holdsPost(actor, 'custodian', store)
  const codesOf = (its: readonly Item[]): string[] => its.map(({ code }) => code)
  const due = seen.filter((item) => isOpen && item.disposal === paper.code && mayMove(item, paper.way))
  const left = seen.filter(
    (item) => item.disposed?.disposal === paper.code && item.disposed.listOnly && mayMove(item, 'deliver'),
  )
  /** By his post it would be his: the officers of the department, and who keeps it. */
  const byPost = ({ store }: Item): boolean =>
    store === null ? actorIsOfficerOf(actor, of.unit) : holdsPost(actor, 'custodian', store)
  const had = other === null ? hadOwn : roleRefused(other, of.number, 'EXECUTE')
  const refused = had === null ? refusedFor(paper.way, due.filter(byPost)) : [...due, ...left].some(byPost) ? had : null
  /** What no store keeps, and no tax case executes, is for the others who handle the case. */
  const isOfficers =
    refused !== null && refused === hadOwn && !isExecuted(of, paper.way) && due.every(({ store }) => store === null)
  return {
    yours: codesOf(due.filter((item) => !hadPart && carries(item) && refusedFor(paper.way, [item]) === null)),
    toDeliver: codesOf(left.filter((item) => !hadPart && carries(item))),
    barred: refused === null ? null : { ...(await toldOf(db, refused)), ...(isOfficers ? OTHER_OFFICER : {}) },
    toStrike: codesOf(
      seen.filter((item) => item.disposed?.disposal === paper.code && mayMove(item, 'write-off') && strikes(item)),
    ),
  }
}

/** Why whoever proposed a paper or agreed to it does not carry it out; null for anybody else. */
function partIn({ proposer, agreed }: Disposal, person: string): Refusal | null {
  const approver = agreed.some(({ by }) => by === person) ? person : null
  return sameAs(person, { requester: proposer, approver })
}

/** Those of these papers about which somebody is asked now; a request that lapsed asks nobody. */
export async function papersAsked(db: Reader, papers: readonly string[], now: string): Promise<ReadonlySet<string>> {
  if (papers.length === 0) return new Set()
  const found = await sql<{ paper: string }>`
    select distinct state #>> '{deed,disposal}' as paper from approvals
    where status = 'asked' and state #>> '{deed,disposal}' = any(${[...papers]}::text[]) and expires_at >= ${now}::timestamptz
  `.execute(db)
  return new Set(found.rows.map(({ paper }) => paper))
}

/** Of these requests, by their ids, who proposed the paper and who agreed to it before. */
export async function stepsBefore(
  db: Reader,
  requests: readonly Pick<Approval, 'id' | 'deed'>[],
): Promise<ReadonlyMap<string, StepsBefore>> {
  const codeOf = ({ deed }: Pick<Approval, 'deed'>): string => String(deed['disposal'])
  const found = await loadStates(db, disposals, [...new Set(requests.map(codeOf))])
  return new Map(
    requests.flatMap((one): [string, StepsBefore][] => {
      const paper = found.get(codeOf(one))
      if (!paper) return []
      const { proposer, proposedAt, opinion, agreed } = paper
      const own = agreed.findIndex(({ approval }) => approval === one.id)
      const earlier = own < 0 ? agreed : agreed.slice(0, own)
      const steps = earlier.map(({ level, by, at, approval }) => ({ step: levelWords[level], by, at, approval }))
      return [[one.id, { proposer, proposedAt, opinion, agreed: steps }]]
    }),
  )
}

type Unsealed = (sealed: Sealed | null) => string | null

function shownTerms(
  { ground, method, estimate_fen, holderOpinion }: SaleTerms,
  unsealed: Unsealed,
): ShownDisposal['sale'] {
  return {
    ...{ ground: said(ground, saleGroundWords), method: said(method, saleMethodWords), estimate_fen },
    holderOpinion: unsealed(holderOpinion),
  }
}

function shownSale({ belowReason, ...paid }: Sale, unsealed: Unsealed): ShownDisposal['acts'][number]['sale'] {
  return { ...paid, below: unsealed(belowReason) }
}

/** By case, the law under which it is handled. */
async function tracksOf(db: Reader, cases: readonly string[]): Promise<ReadonlyMap<string, Track>> {
  if (cases.length === 0) return new Map()
  const found = await db.selectFrom('cases').select('state').where('id', 'in', cases).execute()
  return new Map(found.map(({ state: { number, track } }) => [number, track]))
}

/** Papers with the names behind their ids. What was said of people is sealed: the read is to be recorded. */
export async function shownDisposals(db: Reader, of: readonly Disposal[], now: string): Promise<ShownDisposal[]> {
  const named = await namesOf(
    db,
    of.flatMap(({ proposer, agreed, acts, notCollected = [], reviewUnit }) => [
      `person/${proposer}`,
      ...(reviewUnit === null ? [] : [`unit/${reviewUnit}`]),
      ...[...agreed, ...notCollected].map(({ by }) => `person/${by}`),
      ...acts.flatMap((act) => [act.by, ...act.with].map((person) => `person/${person}`)),
    ]),
  )
  const opinions = await readPersonal(
    db,
    of.flatMap(({ opinion, sale, acts, notCollected = [] }) => [
      opinion.ref,
      ...notCollected.map(({ note }) => note.ref),
      ...(sale === undefined ? [] : [sale.holderOpinion.ref]),
      ...acts.flatMap((act) => act.sale?.belowReason?.ref ?? []),
    ]),
  )
  const textBehind = (sealed: Sealed | null): string | null => textOf(opinions.get(sealed?.ref ?? ''))
  const proposed = of.filter((one) => statusOf(one) === 'proposed').map(({ code }) => code)
  const asked = await papersAsked(db, proposed, now)
  const lapsed = new Set(proposed.filter((code) => !asked.has(code)))
  const numbers = await numbersNow(
    db,
    of.map((one) => one.case),
  )
  const tracks = await tracksOf(
    db,
    of.map((one) => one.case),
  )
  return of.map((one) => ({
    ...{ code: one.code, case: numbers.of(one.case), items: one.items, suspectedCrime: one.suspectedCrime },
    way: { value: one.way, words: disposalTypes[one.way].name, basis: basisOf(one.way, tracks.get(one.case)) },
    destination: said(one.destination, destinationWords),
    ground: one.ground === null ? null : said(one.ground, releaseWords),
    ...{ foundAt: one.foundAt, appraisal: one.appraisal, waiting: one.waiting },
    sale: one.sale === undefined ? null : shownTerms(one.sale, textBehind),
    status: lapsed.has(one.code) ? 'lapsed' : statusOf(one),
    papers: papersOf(one),
    opinion: textOf(opinions.get(one.opinion.ref)),
    reviewUnit: one.reviewUnit === null ? null : named(`unit/${one.reviewUnit}`),
    proposer: named(`person/${one.proposer}`),
    proposedAt: one.proposedAt,
    agreed: one.agreed.map(({ level, by, at }) => ({ level, by: named(`person/${by}`), at })),
    acts: one.acts.map(({ items, document, organ, listOnly, sale, handed, by, with: others, at }, index) => ({
      ...{ nth: index + 1, items, document, organ, listOnly, at },
      sale: sale === undefined ? null : shownSale(sale, textBehind),
      handed: handed === undefined ? null : { way: said(handed.way, handingWords), becomes: handed.becomes },
      by: named(`person/${by}`),
      with: others.map((person) => named(`person/${person}`)),
    })),
    notCollected: (one.notCollected ?? []).map(({ items, note, by, at }) => ({
      ...{ items, at, note: textBehind(note) },
      by: named(`person/${by}`),
    })),
  }))
}
