import type { Fact, FactDraft } from '../module.ts'
import type { CaseLineageFacts } from './case-lineage/facts.ts'
import type { DisposalFacts } from './disposal/facts.ts'
import type { DoorFacts } from './door/facts.ts'
import type { FilingFacts } from './filing/facts.ts'
import type { InboundFacts } from './inbound/facts.ts'
import type { IntakeFacts } from './intake/facts.ts'
import type { KeepingFacts } from './keeping/facts.ts'
import type { KeeperFacts } from './keepers/facts.ts'
import type { ScaleFacts } from './scales/facts.ts'
import type { LockFacts } from './locks/facts.ts'
import type { LineageFacts } from './lineage/facts.ts'
import type { MeasureFacts } from './measures/facts.ts'
import type { ChecklistFacts } from './checklist/facts.ts'
import type { DepositFacts } from './deposit/facts.ts'
import type { OfficerFacts } from './officers/facts.ts'
import type { PapersFacts } from './papers/facts.ts'
import type { RecusalFacts } from './recusal/facts.ts'
import type { RelevanceFacts } from './relevance/facts.ts'
import type { ScanFacts } from './scans/facts.ts'
import type { ServiceFacts } from './service/facts.ts'
import type { RenumberingFacts } from './renumbering/facts.ts'
import type { SigningFacts } from './signing/facts.ts'
import type { StocktakeFacts } from './stocktake/facts.ts'
import type { TransitFacts } from './transit/facts.ts'
import type { OnPaperFacts } from './on-paper/facts.ts'
import type { ReconcilingFacts } from './reconciling/facts.ts'
import type { RecourseFacts } from './recourse/facts.ts'
import type { RetentionFacts } from './retention/facts.ts'
import type { VideoFacts } from './videos/facts.ts'
import type { AccountNumberFacts } from './account-number/facts.ts'
import type { IdentityFacts } from './identity/facts.ts'
import type { WorthFacts } from './worth/facts.ts'

export type { Deadline, Measure, PointVerdict, Presence, Seal, Verdict } from './fact-shapes.ts'

/**
 * Every fact of custody, a page for each part of an item's life. `unit` facts stand in the register of the case department, `store`
 * facts in the store's. A pair is named giver first. Each is about one subject, so that a subject's life is the fold of its own facts.
 */
export type Facts = IntakeFacts &
  InboundFacts &
  KeepingFacts &
  KeeperFacts &
  LineageFacts &
  LockFacts &
  ScaleFacts &
  CaseLineageFacts &
  TransitFacts &
  MeasureFacts &
  ChecklistFacts &
  FilingFacts &
  DepositFacts &
  DisposalFacts &
  OfficerFacts &
  PapersFacts &
  DoorFacts &
  RecusalFacts &
  RelevanceFacts &
  ScanFacts &
  ServiceFacts &
  RenumberingFacts &
  SigningFacts &
  RecourseFacts &
  RetentionFacts &
  OnPaperFacts &
  ReconcilingFacts &
  VideoFacts &
  WorthFacts &
  IdentityFacts &
  AccountNumberFacts &
  StocktakeFacts

export type FactType = keyof Facts

/** A fact of custody as a reducer sees it: where it stands, and the body of its own type. */
export type CustodyFact = {
  [T in FactType]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: Facts[T] & { readonly v: number; readonly subject: string; readonly n: number }
  }
}[FactType]

/** The door hands every fact of our subjects to our reducers, and only we write them. */
export function custodyFact(fact: Fact): CustodyFact {
  return fact as unknown as CustodyFact
}

/** A fact that a decision wants. `pairedWith`: index of the giver's draft in the same list. */
export function draft<T extends FactType>(
  register: string,
  type: T,
  subject: string,
  body: Facts[T],
  pairedWith?: number,
): FactDraft {
  return { register, type, subject, body: { v: 1, ...body }, ...(pairedWith === undefined ? {} : { pairedWith }) }
}

/** The register of a handling unit: its cases, what it registers, its papers. */
export function unitRegister(unit: string): string {
  return `unit.${unit}`
}

/** The register of a store: what it takes in, moves, counts and gives out. */
export function storeRegister(store: string): string {
  return `store.${store}`
}
