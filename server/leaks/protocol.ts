import type { Words } from '../refusal.ts'
import type { LeakKind, Told } from './leaks.ts'

/** Somebody, what he said and when; the words are null where they were lawfully erased. */
export interface SaidOfLeak {
  readonly by: { readonly who: string; readonly name: string }
  readonly at: string
  readonly text: string | null
}

/** `GET /api/leaks`: one entry of the register. */
export interface ShownLeak {
  readonly id: string
  readonly kind: { readonly value: LeakKind; readonly words: Words }
  readonly foundAt: string
  /** What got out. */
  readonly what: SaidOfLeak
  /** Whom it concerns. */
  readonly concerned: string | null
  /** When the authority, or the leader, is to be told at the latest. */
  readonly dueAt: string
  readonly basis: string
  readonly overdue: boolean
  readonly stillToTell: readonly Told[]
  readonly measures: readonly SaidOfLeak[]
  readonly told: readonly (SaidOfLeak & { readonly whom: Told })[]
  readonly closed: (SaidOfLeak & { readonly untold: string | null }) | null
  readonly mayAct: boolean
  readonly mayClose: boolean
}

/** `GET /api/leaks/kinds`: what may be registered, and by which rule it is reported. */
export interface ShownLeakKind {
  readonly value: LeakKind
  readonly words: Words
  readonly hours: number
  readonly tell: readonly Told[]
  readonly basis: string
}
