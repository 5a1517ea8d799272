import type { State } from './state.ts'

/** What the card shows; every text is ready for the reader. */
export interface ItemShown {
  readonly code: string
  readonly name: string
  readonly category: string
  readonly quantity: string
  readonly caseNumber: string
  readonly holder: string
  readonly place: string
  readonly photo: string | null
  readonly states: readonly { readonly state: State; readonly label: string }[]
}
