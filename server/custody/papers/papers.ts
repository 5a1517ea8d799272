import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { custodyFact, draft, unitRegister } from '../custody.ts'
import { type PaperKind, PAPERS } from './paper-kinds.ts'
import { evolvePrints, type PaperPrint } from './paper-prints.ts'
import { rules } from '../rules.ts'
import type { IssuePaper } from '../schemas.ts'
import { evolveScan, type Scan } from '../scans/scanned.ts'
import { evolveService, type Service } from '../service/served.ts'
import { handles, holdsPost, holdsSomewhere } from '../separation.ts'

export { PAPER_KINDS, type PaperKind, PAPERS } from './paper-kinds.ts'

/** Lists that the law gives to so many on each track (rules C-05). */
const LISTS_BY_TRACK: readonly PaperKind[] = ['seizure-list', 'cash-annex', 'media-annex']

/** Who gets the copies of a paper of this kind about these cases, where that goes by their track; null elsewhere. */
export function copiesOfTrack(kind: PaperKind, tracks: readonly Track[]): readonly string[] | null {
  const [track] = tracks
  return track === undefined || !LISTS_BY_TRACK.includes(kind) ? null : rules.list_copies.value[track]
}

/**
 * Papers of which nobody gets a copy, or may read it, who may not know what the case is called: no party and no keeper of a store (rules 11). All
 * others name their case by its number alone.
 */
const NAMING_THEIR_CASE: readonly PaperKind[] = ['measure-approval', 'money-ledger', 'approach']

/** Whether 案件名称 stands beside the number of the case on a paper of this kind (rules 8). */
export function namesItsCase(kind: PaperKind): boolean {
  return NAMING_THEIR_CASE.includes(kind)
}

/** Who got the copies of a paper, in the order they are numbered. */
export function copiesOf({ kind, copies }: Pick<Paper, 'kind' | 'copies'>): readonly string[] {
  return copies ?? PAPERS[kind].copies
}

/** 文书: a form that was filled in, numbered and archived. The same bytes come out of the archive as long as they are not lawfully erased. */
export type Paper = {
  readonly id: string
  readonly kind: PaperKind
  readonly unit: string
  readonly year: number
  readonly serial: number
  /** `调〔2026〕01-0003号` */
  readonly number: string
  readonly layout: number
  /** What it is about, by the kind's `about`; `part` where that is not all of it: a notice number, an act, an incident, a fact. */
  readonly of: string
  readonly part: string | null
  readonly cases: readonly string[]
  readonly items: readonly string[]
  readonly store: string | null
  /** As printed: sixteen hexadecimal digits. */
  readonly check: string
  /** Of the archived file. */
  readonly sha256: string
  readonly bytes: number
  readonly pages: number
  /** Who gets its copies, where that goes by the track of the case; absent where all papers of its kind go to the same. */
  readonly copies?: readonly string[]
  /** The archived PDF in base64, under `pdf`. */
  readonly document: Sealed
  readonly issuedBy: string
  readonly issuedAt: string
  /** The later paper of the same kind about the same thing that took its place; absent while it stands. */
  readonly replacedBy?: string
  /** How it was served, the first time first; absent until it was. */
  readonly services?: readonly Service[]
  /** The signed sheets as they were scanned, the one that stands last; absent until there was one. */
  readonly scans?: readonly Scan[]
  /** What was sent to office printers, the latest last; absent where nothing was. */
  readonly prints?: readonly PaperPrint[]
}

/** What one more fact makes of an issued paper. Its words never change: another paper takes its place, and it says which. */
export function evolvePaper(paper: Paper | null, raw: Fact): Paper | null {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.paper-issued': {
      const { v: _, n: __, subject, kind, ...body } = fact.body
      return {
        ...body,
        id: subject.slice('paper/'.length),
        kind: kind as PaperKind,
        issuedBy: fact.actor,
        issuedAt: fact.at,
      }
    }
    case 'custody.paper-replaced':
      return paper === null ? null : { ...paper, replacedBy: fact.body.by }
    case 'custody.paper-served':
      return paper === null ? null : evolveService(paper, fact)
    case 'custody.paper-scanned':
      return paper === null ? null : evolveScan(paper, fact)
    case 'custody.paper-print-wanted':
    case 'custody.paper-print-settled':
      return paper === null ? null : { ...paper, prints: evolvePrints(paper.prints ?? [], fact) }
    default:
      return paper
  }
}

/** `调〔2026〕01-0003号` */
export function paperNumber(kind: PaperKind, year: number, unitNumber: string, serial: number): string {
  return `${PAPERS[kind].mark}〔${year}〕${unitNumber}-${String(serial).padStart(SERIAL_DIGITS, '0')}号`
}

const SERIAL_DIGITS = 4

/** The same for a scanner, with the check: `F-06.2026.01.0003.9F3A112233445566`. */
export function paperPayload(kind: PaperKind, year: number, unitNumber: string, serial: number, check: string): string {
  return [PAPERS[kind].form, year, unitNumber, String(serial).padStart(SERIAL_DIGITS, '0'), check].join('.')
}

/** What a paper was drawn of, and the drawing. */
export interface DrawnPaper {
  readonly unit: string
  readonly cases: readonly Case[]
  readonly items: readonly string[]
  /** The store that has a part in it, whose custodians may issue and see it. */
  readonly store: string | null
  /** Which part of the thing it is of; a paper that is written anew counts on. */
  readonly part: string | null
  /** Whether it is for somebody, by the rule of the module whose thing it is about; absent where custody's own rule holds. */
  readonly mayIssue?: (actor: Actor) => boolean
  readonly year: number
  readonly serial: number
  readonly number: string
  readonly check: string
  readonly sha256: string
  readonly bytes: number
  readonly pages: number
  /** Where that goes by the track; null elsewhere. */
  readonly copies: readonly string[] | null
  readonly pdf: string
  /** The paper of the same kind about the same thing that stands now. */
  readonly earlier: string | null
}

/** An officer of every case that it is about, or a custodian of the store that has a part in it; of a store alone, supervisors too. */
export function maySign(actor: Actor, cases: readonly Case[], store: string | null): boolean {
  if (store !== null && holdsPost(actor, 'custodian', store)) return true
  return cases.length === 0 ? holdsSomewhere(actor, 'supervisor') : cases.every((of) => handles(actor, of))
}

/**
 * 出具文书: by those whom `maySign` names, or the module that it is about. One that is issued anew takes the place of the one before; both
 * stay.
 * @throws Refusal `custody.paper-not-yours`
 */
export function issuePaper(drawn: DrawnPaper, command: IssuePaper, { actor, mint }: Circumstances): Decision {
  const { unit, cases, items, store, part, year, serial, number, check, sha256, bytes, pages, copies, pdf, earlier } =
    drawn
  const mine = drawn.mayIssue === undefined ? maySign(actor, cases, store) : drawn.mayIssue(actor)
  if (!mine) throw new Refusal('custody.paper-not-yours')
  const id = mint.id()
  const register = unitRegister(unit)
  const issued = draft(register, 'custody.paper-issued', `paper/${id}`, {
    ...{ kind: command.paper, unit, year, serial, number, layout: PAPERS[command.paper].layout },
    ...{ of: command.of, part, cases: cases.map((one) => one.number), items, store },
    ...{ check, sha256, bytes, pages, document: mint.seal({ pdf }) },
    ...(copies === null ? {} : { copies }),
  })
  // The one before first: one of a kind about one thing stands at a time.
  const replaced = earlier === null ? [] : [draft(register, 'custody.paper-replaced', `paper/${earlier}`, { by: id })]
  return { facts: [...replaced, issued], result: { paper: id, number } }
}
