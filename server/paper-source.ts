import type { Form } from '../labels/documents/form.ts'
import type { Actor, Reader } from './module.ts'

/** A thing of another module than custody that a numbered paper tells of: whose it is, who may know of it, and what it says now. */
export interface PaperThing {
  /** The unit in whose register the paper is numbered. */
  readonly unit: string
  /** Whether somebody may read the paper. */
  sees(actor: Actor): boolean
  /** Whether it is for somebody to issue it. */
  mayIssue(actor: Actor): boolean
  /** How people call the thing. */
  readonly what: string
  /** Drawn once for each copy; null as long as there is nothing that the paper could tell of. */
  readonly form: ((copy: Form['copy']) => Form) | null
}

/** Reads the thing by its id; null where there is none. Custody numbers and archives the paper, whatever it is about. */
export type PaperSource = (db: Reader, of: string) => Promise<PaperThing | null>

/** What papers of other modules are about; each module hands in its own. */
export interface PaperSources {
  readonly urging: PaperSource
  readonly 'follow-up': PaperSource
}
