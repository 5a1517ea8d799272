import type { TSchema } from 'typebox'
import type { ItemNumber } from '../devices/rfid/item-reference.ts'
import type { Db, Trx } from './database/connect.ts'

/** Anything RFC 8785 can write down. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** The words of the organisation for what somebody is appointed to do (dated, per unit or store). */
export type Post =
  | 'officer'
  | 'custodian'
  | 'approver'
  | 'supervisor'
  | 'clerk'
  | 'manager'
  | 'system-admin'
  | 'security-admin'
  | 'audit-admin'

export interface Appointment {
  readonly post: Post
  /** The unit, store or hall the post belongs to. */
  readonly place: string
}

/** Who acts, as the transaction found them: appointments are read inside it, so a change of rights acts at once. */
export interface Actor {
  readonly person: string
  readonly unit: string | null
  readonly appointments: readonly Appointment[]
}

/** `system` acts for timers and first start; it holds no post and may only do what a handler opens to it by name. */
export const SYSTEM = 'system'

/** What someone wants. `type` is `module.verb`; the rest is the body, already validated against the handler's schema. */
export interface Command {
  readonly type: string
}

/** A number, sealed content or identity that the pure core may need and may not invent. Tests hand in one that counts. */
export interface Mint {
  /** UUIDv7. */
  id(): string
  /** 24 hexadecimal digits for the RFID tag of a new item (tag-identity.ts). */
  epc(item: ItemNumber): string
  /** 64 hexadecimal digits that nobody could have known before: what a draw by lot begins with. */
  seed(): string
  /**
   * Puts personal content beside the register and returns what the register may hold of it.
   * @param numbers in it by which a search may find it, each as a whole
   */
  seal(content: Json, numbers?: readonly string[]): Sealed
}

/** All a register ever holds of personal content: where it stands, and a salted commitment to it (HMAC-SHA-256). */
export type Sealed = {
  readonly ref: string
  readonly commitment: string
}

export interface Circumstances {
  readonly actor: Actor
  /** Ids of others who signed this act with their own badge and PIN. */
  readonly with: readonly string[]
  /** The station it happens at; null at a desk or through the API. */
  readonly station: { readonly id: string; readonly place: string } | null
  /** When it happened, RFC 3339 UTC with milliseconds. */
  readonly at: string
  readonly mint: Mint
}

/**
 * A fact that `decide` wants in a register. `subject` is `kind/id`; the door numbers the facts of each subject (`n`) and puts both
 * into the body. `pairedWith` is the index of an earlier draft in the same decision: the earlier one will name this entry's register
 * and seq, this one also the earlier one's hash.
 */
export interface FactDraft {
  readonly register: string
  readonly type: string
  readonly subject: string
  /** Carries its own version `v`. */
  readonly body: { readonly v: number } & JsonObject
  readonly pairedWith?: number
}

/** A fact as it stands in a register. */
export interface Fact {
  readonly register: string
  readonly seq: number
  readonly at: string
  readonly recordedAt: string
  readonly actor: string
  readonly with: readonly string[]
  readonly station: string | null
  readonly cause: string
  readonly type: string
  /** With `v`, `subject`, `n` and, in a pair, `counterpart`. */
  readonly body: JsonObject & { readonly v: number; readonly subject: string; readonly n: number }
  readonly hash: string
}

export interface Decision {
  readonly facts: readonly FactDraft[]
  /** What the caller is told besides the facts (new codes, numbers). */
  readonly result?: JsonObject
  /** When it happened, where that was before now: what was done on paper and is entered later. Never after `Circumstances.at`. */
  readonly happenedAt?: string
}

/** How one command is carried out. `decide` is pure: no await, no clock, no randomness, no database. */
export interface Handler<C extends Command = Command, S = unknown> {
  /** The body without `type`; validated without coercion, defaults or stripping. */
  readonly schema: TSchema
  /** One of these posts is needed, or `system`. Separation of duties beyond that is decided by `decide`. */
  readonly posts: readonly (Post | typeof SYSTEM)[]
  /** The registers this will write, found by cheap reads of what never changes; locked in one fixed order. */
  registers(trx: Trx, command: C, actor: Actor): Promise<readonly string[]>
  /** Loads and locks what `decide` looks at, by sets. */
  load(trx: Trx, command: C, circumstances: Circumstances): Promise<S>
  decide(state: S, command: C, circumstances: Circumstances): Decision
}

export type Row = Readonly<Record<string, Json>>

/**
 * How the facts of one kind of subject become an answer that can be queried. The table has `id`, `n`, `state` (jsonb) and the columns
 * derived from the state; `parts` are further tables with several rows a subject. Verification folds the facts again and compares.
 */
export interface Projection<S = unknown> {
  readonly kind: string
  readonly table: string
  readonly initial: S
  /** Pure. Knows every version of every fact ever written. */
  evolve(state: S, fact: Fact): S
  columns(id: string, state: S): Row
  readonly parts?: readonly {
    readonly table: string
    /** Columns of the primary key; the first one holds the subject's id. */
    readonly key: readonly string[]
    rows(id: string, state: S): readonly Row[]
  }[]
}

/** A folder of `server/` that knows some commands and facts, and owns some tables. */
export interface Module {
  readonly name: string
  readonly handlers: Readonly<Record<string, Handler>>
  readonly projections: readonly Projection[]
}

/** For the lists in a module file: keeps a handler's own types inside and hides them outside. */
export function handler<C extends Command, S>(of: Handler<C, S>): Handler {
  return of as unknown as Handler
}

/** For the lists in a module file: keeps the type of a projection's state inside and hides it outside. */
export function projection<S>(of: Projection<S>): Projection {
  return of as unknown as Projection
}

export type Reader = Db | Trx
