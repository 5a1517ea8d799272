import type { Track } from './axes.ts'

/** A number or list that a rule fixes, with where it stands, so that an auditor can look it up and a new version is a new row. */
export interface Rule<T> {
  readonly value: T
  readonly instrument: string
  readonly version: string
  readonly article: string
  /** `to-be-confirmed`: the article was not yet read in a full text; `house`: our own rule, open to change by the organ. */
  readonly standing: 'statute' | 'practice' | 'to-be-confirmed' | 'house'
}

/** On each track. */
export type ByTrack = Readonly<Record<Track, readonly string[]>>
