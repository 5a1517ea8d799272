import type { ColumnType } from 'kysely'
import type { Post } from '../module.ts'
import type { ImportedCalendar } from './calendars.ts'
import type { Clock, ClockState } from './clock.ts'
import type { Colour } from './deadline-rules.ts'
import type { RuleProposal, RuleProposalStatus } from './rule-changes.ts'
import type { RuleHistory } from './rules-in-force.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    calendars: {
      id: Read<string>
      n: Read<number>
      state: Read<ImportedCalendar>
      year: Read<number>
      imported_at: Read<string>
    }
    deadline_rules: { id: Read<string>; n: Read<number>; state: Read<RuleHistory>; version: Read<number> }
    rule_proposals: {
      id: Read<string>
      n: Read<number>
      state: Read<RuleProposal>
      rule: Read<string>
      status: Read<RuleProposalStatus>
      proposed_at: Read<string>
    }
    clocks: {
      id: Read<string>
      n: Read<number>
      state: Read<Clock>
      register: Read<string>
      source_seq: Read<number>
      source_nth: Read<number>
      rule: Read<string>
      unit: Read<string>
      store: Read<string | null>
      status: Read<ClockState>
      colour: Read<Colour | null>
      due_at: Read<string>
      next_at: Read<string | null>
      ended_at: Read<string | null>
    }
    clock_subjects: { clock: Read<string>; subject: Read<string>; open: Read<boolean> }
    clock_told: {
      clock: Read<string>
      ordinal: Read<number>
      person: Read<string>
      post: Read<Post>
      place: Read<string>
      at: Read<string>
    }
    clock_cursors: { register: string; seq: number }
  }
}
