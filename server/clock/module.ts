import { loadStates } from '../ledger/project.ts'
import { type Command, handler, type Module, projection, SYSTEM } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import type { Trx } from '../database/connect.ts'
import type { Aside } from './aside.ts'
import { audiencesOf } from './audiences.ts'
import { type CauseState, type EndCause, endCause } from './causes.ts'
import { calendars, importCalendar, type ImportCalendar, loadCalendars } from './calendars.ts'
import type { DeadlineTerms } from './deadline-rules.ts'
import { type Follow, follow, type FollowState } from './follow.ts'
import { confirmRule, declineRule, proposeRule, ruleProposals, type RuleState } from './rule-changes.ts'
import { loadRuleHistories, ruleHistories } from './rules-in-force.ts'
import { schemas } from './schemas.ts'
import { clocks, clocksWaitingFor, loadClock, readFacts, startedBy } from './store.ts'
import type { Triggers } from './triggers.ts'
import { type Warn, warn, type WarnState } from './warn.ts'

type ProposeRule = Command & { readonly rule: string; readonly terms: DeadlineTerms }
type DecideRule = Command & { readonly proposal: string }

const NO_AUDIENCES: WarnState['audiences'] = {
  responsible: [],
  'unit-head': [],
  'keeping-head': [],
  supervision: [],
  leader: [],
}

async function loadRules(trx: Trx, proposal: string | null): Promise<RuleState> {
  const found = proposal === null ? null : await loadStates(trx, ruleProposals, [proposal], { lock: true })
  return { histories: await loadRuleHistories(trx), proposal: found?.get(proposal ?? '') ?? null }
}

const inOrg = async (): Promise<string[]> => [ORG_REGISTER]

/** Clocks over the facts of other modules: each hands in what its facts mean. */
export function clockModule(triggers: Triggers, aside: Aside): Module {
  return {
    name: 'clock',
    handlers: {
      'clock.import-calendar': handler<ImportCalendar, null>({
        schema: schemas['clock.import-calendar'],
        posts: ['system-admin', SYSTEM],
        registers: inOrg,
        load: async () => null,
        decide: (_state, command) => importCalendar(command),
      }),
      'clock.propose-rule': handler<ProposeRule, RuleState>({
        schema: schemas['clock.propose-rule'],
        posts: ['security-admin'],
        registers: inOrg,
        load: (trx) => loadRules(trx, null),
        decide: proposeRule,
      }),
      'clock.confirm-rule': handler<DecideRule, RuleState>({
        schema: schemas['clock.confirm-rule'],
        posts: ['supervisor'],
        registers: inOrg,
        load: (trx, { proposal }) => loadRules(trx, proposal),
        decide: confirmRule,
      }),
      'clock.decline-rule': handler<DecideRule, RuleState>({
        schema: schemas['clock.decline-rule'],
        posts: ['supervisor', 'security-admin'],
        registers: inOrg,
        load: (trx, { proposal }) => loadRules(trx, proposal),
        decide: declineRule,
      }),
      'clock.follow': handler<Follow, FollowState>({
        schema: schemas['clock.follow'],
        posts: [SYSTEM],
        registers: async (_trx, { register }) => [register],
        load: async (trx, { register, entries }) => {
          const facts = await readFacts(trx, register, entries)
          const subjects = facts.flatMap((fact) =>
            triggers
              .events(fact)
              .flatMap((event) => (event.kind === 'start' && event.once !== true ? [] : event.subjects)),
          )
          return {
            facts,
            clocks: await clocksWaitingFor(trx, register, subjects),
            started: await startedBy(trx, register, entries),
            histories: await loadRuleHistories(trx),
            calendars: await loadCalendars(trx),
          }
        },
        decide: (state, command, circumstances) => follow(triggers, state, command, circumstances),
      }),
      'clock.end-cause': handler<EndCause, CauseState>({
        schema: schemas['clock.end-cause'],
        posts: ['officer', 'manager'],
        registers: async (trx, { clock }) => {
          const found = await loadClock(trx, clock)
          return found === undefined ? [] : [found.register]
        },
        load: async (trx, { clock: id }) => {
          const clock = await loadClock(trx, id, { lock: true })
          if (clock === undefined) return { clock, aside: new Set(), standIns: new Set() }
          const { peopleIn, standInsIn } = aside
          return { clock, aside: await peopleIn(trx, clock.matter), standIns: await standInsIn(trx, clock.matter) }
        },
        decide: endCause,
      }),
      'clock.warn': handler<Warn, WarnState>({
        schema: schemas['clock.warn'],
        posts: [SYSTEM],
        registers: async (trx, { clock }) => {
          const found = await loadClock(trx, clock)
          return found === undefined ? [] : [found.register]
        },
        load: async (trx, { clock: id }, { at }) => {
          const clock = await loadClock(trx, id, { lock: true })
          return { clock, audiences: clock === undefined ? NO_AUDIENCES : await audiencesOf(trx, clock, { at, aside }) }
        },
        decide: warn,
      }),
    },
    projections: [projection(calendars), projection(ruleHistories), projection(ruleProposals), projection(clocks)],
  }
}
