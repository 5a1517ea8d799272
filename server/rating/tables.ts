import type { ColumnType } from 'kysely'
import type { Counter, Matter } from './counters.ts'
import type { FollowUp, FollowUpStatus } from './follow-ups.ts'
import type { Ranking } from './rankings/ranking.ts'
import type { Service } from './services.ts'

/** Only the door writes these tables. */
type Read<T> = ColumnType<T, never, never>

interface Kept<S> {
  id: Read<string>
  n: Read<number>
  state: Read<S>
}

/** A ballot of a pad with the overall level alone, or of a screen that asks all questions. They are counted apart. */
export type BallotForm = 'short' | 'full'

declare module '../database/database.ts' {
  interface Database {
    rating_matters: Kept<Matter> & { hall: Read<string>; name: Read<string> }
    rating_counters: Kept<Counter> & { hall: Read<string>; clerk: Read<string | null> }
    rating_services: Kept<Service> & {
      hall: Read<string>
      counter: Read<string>
      clerk: Read<string>
      matter: Read<string>
      number: Read<string | null>
      opened_at: Read<string>
      closed: Read<boolean>
      grp: Read<string | null>
      expires_at: Read<string | null>
    }
    rating_follow_ups: Kept<FollowUp> & {
      hall: Read<string>
      clerk: Read<string>
      handler: Read<string | null>
      status: Read<FollowUpStatus>
      asked_at: Read<string>
    }
    rating_rankings: Kept<Ranking> & { hall: Read<string>; status: Read<Ranking['status']>; frozen_at: Read<string> }
    rating_used: { service: string; grp: string }
    rating_keys: {
      id: string
      public_key: Buffer
      signing_key: Buffer
      published_on: string
      destroyed_on: string | null
    }
    rating_ballots: { id: string; grp: string; form: BallotForm; key: string; sealed: Buffer }
    rating_batches: { id: string; grp: string; form: BallotForm; day: string; n: number; counts: unknown }
    rating_words: { id: string; hall: string; day: string; words: string }
    report_keys: { id: string; public_key: Buffer }
    reports: { id: string; key: string; sealed: Buffer }
    rating_accounts: { seq: number; key: string; text: string; signature: Buffer }
  }
}
