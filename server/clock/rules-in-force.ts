import { loadStates } from '../ledger/project.ts'
import type { Fact, Projection, Reader } from '../module.ts'
import { type DeadlineRule, deadlineRules, type DeadlineTerms, SHIPPED_VERSION } from './deadline-rules.ts'
import './tables.ts'

/** One version of a rule's terms, in force from a moment on. */
export type RuleVersion = {
  readonly version: number
  readonly terms: DeadlineTerms
  readonly from: string
  readonly proposal: string
}

/** What became of a rule since the program came with it. */
export type RuleHistory = { readonly rule: string; readonly versions: readonly RuleVersion[] }

/** `org`, `deadline-rule/<id>`: other terms hold for clocks that start from now on. */
export type RuleChanged = {
  readonly rule: string
  readonly version: number
  readonly terms: DeadlineTerms
  readonly proposal: string
}

function evolveRule(history: RuleHistory | null, fact: Fact): RuleHistory | null {
  if (fact.type !== 'clock.rule-changed') return history
  const { rule, version, terms, proposal } = fact.body as unknown as RuleChanged
  return { rule, versions: [...(history?.versions ?? []), { version, terms, from: fact.recordedAt, proposal }] }
}

export const ruleHistories: Projection<RuleHistory | null> = {
  kind: 'deadline-rule',
  table: 'deadline_rules',
  initial: null,
  evolve: evolveRule,
  columns: (_id, history) => {
    const version = history?.versions.at(-1)?.version
    if (version === undefined) throw new Error('a history begins with a change')
    return { version }
  },
}

export type RuleHistories = ReadonlyMap<string, RuleHistory | null>

/** Of every rule that the program ships; null where nothing was ever changed. */
export function loadRuleHistories(db: Reader): Promise<RuleHistories> {
  return loadStates(
    db,
    ruleHistories,
    deadlineRules.map(({ id }) => id),
  )
}

export interface RuleInForce {
  readonly rule: DeadlineRule
  readonly version: number
  readonly terms: DeadlineTerms
}

/** A rule as it was in force at a moment: as the organ changed it, else as the program came with it by then. */
export function inForce(rule: DeadlineRule, histories: RuleHistories, at: string): RuleInForce {
  const changed = histories.get(rule.id)?.versions.findLast(({ from }) => from <= at)
  if (changed !== undefined) return { rule, version: changed.version, terms: changed.terms }
  const editions = (rule.later ?? []).filter(({ from }) => from <= at)
  const terms = editions.at(-1)?.terms ?? rule.terms
  return { rule, version: SHIPPED_VERSION + editions.length, terms }
}

/** Rules that an event starts a clock by at a moment. */
export function rulesFor(event: string, histories: RuleHistories, at: string): RuleInForce[] {
  return deadlineRules
    .filter((rule) => rule.event === event)
    .map((rule) => inForce(rule, histories, at))
    .filter(({ terms }) => terms.enabled)
}
