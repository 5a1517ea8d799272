/** What the kiosk may import of call-back samples: types alone. */
import type { Rate } from '../protocol.ts'

interface Named {
  readonly id: string
  readonly name: string
}

interface ByAt {
  readonly by: Named
  readonly at: string
}

/** One of `GET /api/rating/samples`. */
export interface ShownSampling {
  readonly id: string
  readonly hall: Named
  readonly from: string
  readonly to: string
  readonly population: number
  readonly size: number
  readonly quota: number
  readonly script: number
  /** With the hash of the order's entry, and once it is told the seed: anybody draws again. */
  readonly seedHash: string
  readonly ordered: ByAt & { readonly register: string; readonly seq: number; readonly hash: string }
  readonly drawn: (ByAt & { readonly seed: string }) | null
  readonly answered: number
  readonly declined: number
  /** Not reached in all tries. */
  readonly unreached: number
  /** Still to be called. */
  readonly open: number
}

/** One of `GET /api/rating/samples/{sample}/services`. */
export interface SampledService {
  readonly service: string
  /** By which the business system knows who was served. */
  readonly number: string
  readonly openedAt: string
  readonly matter: string
  readonly tries: number
  /** Nobody is to call any more. */
  readonly over: boolean
  readonly calls: readonly (ByAt & { readonly outcome: 'answered' | 'unreached' | 'declined' })[]
}

/** `GET /api/rating/samples/{sample}/results`: sums of all answers, each of ten or more; null where fewer said something to it. */
export interface SampleResults {
  readonly answered: number
  readonly satisfied: Rate | null
  readonly toldAtOnce: Rate | null
  readonly clean: Rate | null
}
