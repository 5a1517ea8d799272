import type { ColumnType, Generated } from 'kysely'
import type { Action, ActionStatus } from './actions/action.ts'
import type { Box } from './boxes/box.ts'
import type { Campaign } from './campaigns/campaign.ts'
import type { Counter, Matter } from './counters.ts'
import type { FollowUp, FollowUpStatus } from './follow-ups.ts'
import type { HallHours } from './hours/hours.ts'
import type { PaperBox } from './paper-boxes/paper-box.ts'
import type { Portrait } from './portraits/portrait.ts'
import type { QuestionnaireVersion } from './questionnaires/version.ts'
import type { Ranking } from './rankings/ranking.ts'
import type { Sample } from './samples/sample.ts'
import type { Service } from './services.ts'
import type { SignOnCorrection } from './sign-ons/correction.ts'
import type { HallWatch } from './watch/watch.ts'
import type { CounterSilence, RuledSilence } from './silence/silence.ts'

/** Only the door writes these tables. */
type Read<T> = ColumnType<T, never, never>

interface Kept<S> {
  id: Read<string>
  n: Read<number>
  state: Read<S>
}

/**
 * A ballot of a pad with the overall level alone, of a screen that asks all questions, or of a sheet that others have typed in. They are counted
 * apart: whoever typed a box in knows what it held, and what is left of a batch would tell him of whoever else is in it.
 */
export type BallotForm = 'short' | 'full' | 'paper'

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
      fix_grp: Read<string | null>
      fix_expires_at: Read<string | null>
    }
    rating_fix_used: { follow_up: string; grp: string }
    rating_rankings: Kept<Ranking> & { hall: Read<string>; status: Read<Ranking['status']>; frozen_at: Read<string> }
    rating_actions: Kept<Action> & {
      hall: Read<string>
      clerk: Read<string>
      status: Read<ActionStatus>
      decided_at: Read<string>
    }
    rating_boxes: Kept<Box> & {
      hall: Read<string>
      grp: Read<string>
      sheets: Read<number>
      sealed: Read<boolean>
      opened_at: Read<string>
    }
    rating_box_entries: { box: string; round: number; sheets: unknown }
    rating_hours: Kept<HallHours>
    rating_watch: Kept<HallWatch>
    rating_sign_on_corrections: Kept<SignOnCorrection> & {
      hall: Read<string>
      from_at: Read<string>
      until_at: Read<string>
    }
    rating_silence_rules: Kept<RuledSilence>
    rating_silences: Kept<CounterSilence> & { hall: Read<string>; silent: Read<boolean>; told_at: Read<string> }
    rating_portraits: Kept<Portrait> & { hall: Read<string>; photo: Read<string | null> }
    rating_questionnaires: Kept<QuestionnaireVersion> & {
      hall: Read<string>
      version: Read<number>
      status: Read<QuestionnaireVersion['status']>
    }
    rating_campaigns: Kept<Campaign> & {
      unit: Read<string>
      status: Read<Campaign['status']>
      last_day: Read<string>
      departments: Read<number>
      drafted_at: Read<string>
      on_paper: Read<boolean>
    }
    rating_paper_boxes: Kept<PaperBox> & {
      campaign: Read<string>
      unit: Read<string>
      sheets: Read<number>
      sealed: Read<boolean>
      opened_at: Read<string>
    }
    rating_paper_box_entries: { box: string; round: number; sheets: unknown }
    rating_campaign_issues: {
      campaign: Read<string>
      issue: Read<string>
      grp: Read<string>
      count: Read<number>
      voided: Read<boolean>
    }
    rating_samples: Kept<Sample> & { hall: Read<string>; ordered_at: Read<string> }
    rating_papers: { hash: Buffer; issue: string }
    rating_papers_used: { hash: Buffer; on_paper: Generated<boolean> }
    rating_used: { service: string; grp: string }
    rating_keys: {
      id: string
      public_key: Buffer
      signing_key: Buffer
      published_on: string
      destroyed_on: string | null
    }
    rating_ballots: {
      id: string
      grp: string
      form: BallotForm
      key: string
      sealed: Buffer
      /** What was odd about how it came, sealed as it is; null for ballots of no service. */
      marks: ColumnType<Buffer | null, Buffer | null | undefined, never>
    }
    rating_flags: { hall: string; day: string; counter: string; clerk: string; kind: string; n: number }
    rating_batches: {
      id: string
      grp: string
      form: BallotForm
      day: string
      n: number
      counts: unknown
      rated: ColumnType<number, never, never>
      satisfied: ColumnType<number, never, never>
    }
    rating_batches_read: { batch: string }
    rating_service_days: {
      hall: string
      day: string
      clerk: string
      grp: string
      services: number
      asked: number
      rated: number
      hurried: number
      outside: number
    }
    rating_service_days_until: { hall: string; day: string }
    rating_words: { id: string; hall: string; day: string; words: string }
    report_keys: { id: string; public_key: Buffer }
    reports: { id: string; key: string; sealed: Buffer }
    rating_accounts: { seq: number; key: string; text: string; signature: Buffer }
  }
}
