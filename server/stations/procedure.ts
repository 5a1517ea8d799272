import type { Answer } from '../act.ts'
import type { Command, Reader } from '../module.ts'
import type { BadgeHolder, Scanned } from './identify.ts'
import type { AskView, CommandWord, PersonView, StationKind, WorkView } from './protocol.ts'
import type { Say } from './say.ts'

/** Where and for whom a step is taken. */
export interface Bench {
  readonly station: { readonly id: string; readonly kind: StationKind; readonly place: string }
  readonly custodian: PersonView
  readonly hasScale: boolean
  /** Now, inside the transaction: as of when rights are judged. RFC 3339 UTC with milliseconds. */
  readonly at: string
}

/** What reaches a procedure: the session has dealt with locking, signing in, staleness and repeats before. */
export type ProcedureInput =
  | {
      readonly kind: 'scan'
      readonly scanned: Extract<Scanned, { kind: 'item' | 'location' | 'document' | 'container' | 'text' }>
    }
  | { readonly kind: 'badge'; readonly holder: BadgeHolder }
  /** The person whose PIN a step asked for has given it. */
  | { readonly kind: 'signed'; readonly person: PersonView }
  | { readonly kind: 'command'; readonly word: Extract<CommandWord, 'CONFIRM' | 'REFUSE' | 'MOVE' | 'LOOKUP'> }
  | { readonly kind: 'choose'; readonly option: string; readonly text: string | null }
  /** At rest, as the scale said it; `reading` names the reading that keeps the raw frame. */
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly reading: string }

/** What a step does. `next: null` is the end of the procedure. Nothing here is carried out by the procedure itself. */
export interface Step<S> {
  readonly next: S | null
  readonly say: Say
  /** This person's PIN is wanted before anything else; a `signed` input follows. */
  readonly sign?: BadgeHolder
  /**
   * To be carried out, all or none, in the transaction that keeps `next`. `then` has the last word when all were, and
   * shows nothing that `next` does not. A refusal leaves the work as it was.
   */
  readonly acts?: {
    readonly commands: readonly Command[]
    /** Ids of others who signed. */
    readonly with: readonly string[]
    readonly then?: (answers: readonly Answer[]) => { readonly next: S | null; readonly say: Say }
  }
}

/** The procedures a module offers at stations. `S` is plain JSON: it survives a restart. */
export interface Procedures<S = unknown, L = unknown> {
  readonly name: string
  /** Changes when `S` does: work of another version is dropped; nothing of it was recorded. */
  readonly version: number
  readonly kinds: readonly StationKind[]
  /** Reads what the step needs, and nothing else. */
  look(db: Reader, work: S | null, input: ProcedureInput, bench: Bench): Promise<L>
  /** Pure. `work` is null when the station is idle: what was scanned decides what begins. */
  step(work: S | null, input: ProcedureInput, look: L, bench: Bench): Step<S>
  /** Pure. What screens show of the work and what is asked now. */
  show(work: S): { readonly work: WorkView; readonly ask: AskView }
}

/** For lists: keeps a module's own types inside and hides them outside. */
export function procedures<S, L>(of: Procedures<S, L>): Procedures {
  return of as unknown as Procedures
}
