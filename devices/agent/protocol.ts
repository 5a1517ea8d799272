import type { FarVote } from '../ballot/sealed-press.ts'
import type { Counted } from '../counts-since.ts'
import type { JournalFault } from '../journal.ts'
import type { Asked } from '../keypad/counters.ts'
import type { PressAttempt } from '../keypad/held-key.ts'
import type { HeldList, HeldProgress } from './held-list.ts'
import type {
  DeviceReport,
  Fault,
  Feedback,
  PrintOutcome,
  ScannerOrder,
  StationConfig,
  TagSeen,
  TagWriteOutcome,
  Told,
} from '../reading.ts'
import type { Plugged } from '../plugged.ts'
import type { TagOrder } from '../rfid/write-tag.ts'
import type { LockState, UnlockOutcome } from '../relay/lock-board.ts'

/** What an agent and its server say to each other, one JSON text a frame. */

/** Said by both this often, so that a line that is dead but not closed is noticed. */
export const BEAT_MS = 1_000
/** Nothing heard for this long: the other side is away. */
export const SILENT_MS = 2_500
/** Records an agent sends before it waits for an acknowledgement. */
export const IN_FLIGHT_MAX = 64
/** The other side has this long to say who it is. */
export const HELLO_MS = 5_000

export type ToAgent =
  | { readonly t: 'challenge'; readonly nonce: string; readonly installation: string }
  /** `after` and `hash`: the last record that the server has, 0 and empty when none. */
  | {
      readonly t: 'welcome'
      readonly at_ms: number
      readonly after: number
      readonly hash: string
      readonly stations: readonly StationConfig[]
    }
  /** The key is worth nothing any more: what its journal holds is taken, kept and flagged, and has no effect. */
  | { readonly t: 'surrender'; readonly at_ms: number; readonly after: number; readonly hash: string }
  | { readonly t: 'configure'; readonly stations: readonly StationConfig[] }
  /** What this PC may go on with at a station while the line is down; null when nothing is open there. */
  | ({ readonly t: 'hold'; readonly station: string; readonly held: HeldList | null } & HeldProgress)
  /** How far the list of this pass is on the server. */
  | ({ readonly t: 'progress'; readonly station: string; readonly pass: string } & HeldProgress)
  /** Everything up to `n` has had its effect. */
  | { readonly t: 'ack'; readonly n: number }
  /** `mono_ms` as the agent said it; `at_ms` is the server's clock. */
  | { readonly t: 'beat'; readonly mono_ms: number; readonly at_ms: number }
  | ({ readonly t: 'do'; readonly id: string } & Order)
  /** To a clerk's question of this name: the vote that he may have, or null where nothing could be offered. */
  | { readonly t: 'vote'; readonly id: string; readonly vote: FarVote | null }
  | { readonly t: 'refused'; readonly code: string; readonly zh: string; readonly en: string }

export type FromAgent =
  | {
      readonly t: 'hello'
      readonly agent: string
      /** Base64 of the raw 32 bytes. */
      readonly key: string
      readonly at_ms: number
      readonly mono_ms: number
      /** Base64, Ed25519 over `helloText`. */
      readonly signature: string
    }
  | { readonly t: 'beat'; readonly mono_ms: number; readonly status: AgentStatus }
  /**
   * `seen_ms`: when it was seen by the server's clock, rather earlier than later. `oldest`: the oldest number that the agent still has: what is
   * missing below it is gone, what is missing above it was lost on the way and is sent again.
   */
  | {
      readonly t: 'record'
      readonly text: string
      readonly seal: string
      readonly seen_ms: number
      readonly oldest: number
    }
  /** Tags before this PC's readers; at most `TAGS_A_FRAME`. */
  | { readonly t: 'tags'; readonly tags: readonly FarTag[] }
  | { readonly t: 'states'; readonly reports: readonly DeviceReport[] }
  /** A clerk has pressed 请评价 on the pad of this counter; `id` is of that press. */
  | { readonly t: 'clerk-asks'; readonly id: string; readonly station: string }
  /**
   * At the pads of this counter, since this was last said: so many presses that nothing had asked for, or questions at which the key was held down; of
   * what they were nothing is kept.
   */
  | { readonly t: PressAttempt; readonly station: string; readonly times: number }
  | { readonly t: 'done'; readonly id: string; readonly answer: OrderAnswer }

/** A reading of a tag without its bytes, which stay on that PC; `first_ms` and `last_ms` by the server's clock. */
export interface FarTag extends Omit<TagSeen, 'kind'> {
  readonly station: string
  readonly device: string
}

/** Tags of one frame: it stays far below the length that the server reads. */
export const TAGS_A_FRAME = 50

export const COUNTED_A_BEAT = 200

/** As many as one frame tells of; more of them tell nobody anything. */
export const UNCOUNTED_MOST = 1_000

export interface AgentStatus {
  readonly backlog: number
  readonly oldestAt: string | null
  readonly fault: AgentFault | null
  /** What its drivers have counted since the beat before, of at most `COUNTED_A_BEAT` devices. */
  readonly counted: readonly Counted[]
}

/** What a person has to know of an agent's journal. */
export type AgentFault = JournalFault | 'journal-cut'

/** What a device is told to do, and until when by the server's clock: later than that it is dropped. */
export interface Order {
  /** Empty, and the device's too, for what is asked of the PC itself. */
  readonly station: string
  readonly device: string
  readonly deadline_ms: number
  readonly what: Errand
}

export type Errand =
  | { readonly do: 'weigh' | 'zero' | 'tare' }
  | { readonly do: 'feedback'; readonly verdict: Feedback }
  | { readonly do: 'order'; readonly order: ScannerOrder }
  | { readonly do: 'unlock' | 'lock-state'; readonly lock: number }
  | ({ readonly do: 'write-tag' } & TagOrder)
  /** Lets the pads of a counter ask for this vote. */
  | { readonly do: 'ask'; readonly vote: FarVote }
  /** What is plugged into this PC, and where these paths lead on it. */
  | { readonly do: 'ports'; readonly paths: readonly string[] }
  /** `bits` in base64. */
  | {
      readonly do: 'print'
      readonly page: {
        readonly width: number
        readonly height: number
        readonly rowBytes: number
        readonly bits: string
      }
    }

export type OrderAnswer =
  /** Came too late, or there is no such device: nothing was done. */
  | { readonly did: 'nothing'; readonly fault: Fault }
  | {
      readonly did: 'weigh'
      readonly id: string
      readonly at_ms: number
      readonly raw: string
      readonly value: WeighedValue
    }
  | { readonly did: 'zero' | 'tare'; readonly fault: Fault | null }
  | { readonly did: 'feedback' | 'order'; readonly told: Told }
  | { readonly did: 'unlock'; readonly outcome: UnlockOutcome }
  | { readonly did: 'lock-state'; readonly state: LockState; readonly fault: Fault | null }
  | { readonly did: 'write-tag'; readonly outcome: TagWriteOutcome }
  | { readonly did: 'print'; readonly outcome: PrintOutcome }
  | { readonly did: 'ask'; readonly asked: Asked }
  | { readonly did: 'ports'; readonly plugged: readonly Plugged[]; readonly leads: readonly (string | null)[] }

export type WeighedValue =
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly stable: boolean }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** What an agent signs to prove, for this one connection to this one server, that it has the key. */
export function helloText(of: {
  readonly nonce: string
  readonly installation: string
  readonly agent: string
  readonly key: string
  readonly at_ms: number
}): Buffer {
  return Buffer.from(
    `clearhold agent hello\n${of.installation}\n${of.nonce}\n${of.agent}\n${of.key}\n${of.at_ms}`,
    'utf8',
  )
}

/** What it signs to enrol: that the key it names is its own. */
export function enrolText(code: string, key: string): Buffer {
  return Buffer.from(`clearhold agent enrol\n${code}\n${key}`, 'utf8')
}
