import type { HeldList, OfflineDeed } from '../../devices/agent/held-list.ts'
import type { Answer } from '../act.ts'
import type { Command, Reader } from '../module.ts'
import type { BadgeHolder, Scanned } from './identify.ts'
import type { Words } from '../refusal.ts'
import type { AskView, CommandWord, ConflictView, PersonView, StationKind, WorkView } from './protocol.ts'
import type { Say } from './say.ts'
import type { SweptTag } from './sweeps.ts'

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
  /** CANCEL and UNDO only where the work does not offer them and says why, WEIGH only where it offers it and asks for no weight. */
  | { readonly kind: 'command'; readonly word: Exclude<CommandWord, 'LOCK'> }
  | { readonly kind: 'choose'; readonly option: string; readonly text: string | null }
  /** At rest, as the scale said it; `reading` names the reading that keeps the raw frame. */
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly reading: string }
  /** What a hand-held reader has heard; only while the work is sweeping. */
  | { readonly kind: 'tags'; readonly seen: readonly SweptTag[] }

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

/** What of a work may go on at another PC while the line is down. */
export interface Opening {
  /** The paper that is open, as printed. */
  readonly document: string
  /** Ids of others who have signed it. */
  readonly signers: readonly string[]
  /** All that it names, and what of it waits for its turn. */
  readonly items: readonly string[]
  readonly waiting: readonly string[]
}

/** How a module's work goes on without its server. `S` as in `Procedures`. */
export interface OfflineWork<S = unknown> {
  /** Pure. Null when this work cannot go on by itself now. */
  opening(work: S): Opening | null
  /** What the other PC may hold of these items. */
  copy(db: Reader, items: readonly string[], store: string): Promise<Pick<HeldList, 'lines' | 'shelves'>>
  /** The act that a line stands for. @throws Refusal where the line cannot be of this paper any more */
  act(db: Reader, deed: OfflineDeed): Promise<Command>
  /** The act that notes what could not be done. */
  conflict(of: {
    readonly id: string
    readonly store: string
    readonly deed: OfflineDeed
    readonly custodian: string | null
    readonly code: string
    readonly why: Words
  }): Command
  /**
   * Whether a line that came under a key that is worth nothing any more is for a person to look at: its item is on that list, and from the same
   * `source` (`<agent>.<enrolment>`) nothing was noted of it yet.
   */
  isWorthNoting(db: Reader, deed: OfflineDeed, source: string): Promise<boolean>
  /** Pure. The work without an item that was dealt with; the same when it does not name it, null when nothing is left. */
  without(work: S, item: string): S | null
  /** Types of facts after which the conflicts are read again. */
  readonly wakes: readonly string[]
  /** What a bench's screen shows of conflicts that nobody has settled. */
  conflicts(db: Reader, store: string): Promise<readonly ConflictView[]>
}

/** The procedures a module offers at stations. `S` is plain JSON: it survives a restart. */
export interface Procedures<S = unknown, L = unknown> {
  readonly name: string
  /** Changes when `S` does: work of another version is dropped: what of it counts is in a register. */
  readonly version: number
  readonly kinds: readonly StationKind[]
  /** Reads what the step needs, and nothing else. */
  look(db: Reader, work: S | null, input: ProcedureInput, bench: Bench): Promise<L>
  /** Pure. `work` is null when the station is idle: what was scanned decides what begins. */
  step(work: S | null, input: ProcedureInput, look: L, bench: Bench): Step<S>
  /** Pure. What screens show of the work and what is asked now. */
  show(work: S): { readonly work: WorkView; readonly ask: AskView }
  /**
   * Pure. What a hand-held reader's sweep goes to now, by a name of its own; empty where its tags are to be passed over, null where each is a
   * scan of its item. Absent where it always is.
   */
  readonly sweeping?: (work: S) => string | null
  /** Reads again what a work only shows, after facts about its item; the same work where it does more. Absent where nothing is only shown. */
  readonly renew?: (db: Reader, work: S, bench: Bench) => Promise<S>
  /** Absent where nothing goes on without the server. */
  readonly offline?: OfflineWork<S>
}

/** For lists: keeps a module's own types inside and hides them outside. */
export function procedures<S, L>(of: Procedures<S, L>): Procedures {
  return of as unknown as Procedures
}
