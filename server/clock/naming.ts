import { TERM_MATTERS } from '../approvals/approvals.ts'
import { deadlineRules } from './deadline-rules.ts'
import type { ShownClock } from './protocol.ts'

/** What a rule is called; its id where the program no longer knows it. */
export function titleOf(rule: string): ShownClock['title'] {
  return deadlineRules.find(({ id }) => id === rule)?.title ?? { zh: rule, en: rule }
}

/** What a clock runs over, `loan/<id>`, as its kind and its id. */
export function matterOf(matter: string): ShownClock['matter'] {
  const slash = matter.indexOf('/')
  const kind = TERM_MATTERS.find((one) => one === matter.slice(0, slash)) ?? 'case'
  return { kind, id: matter.slice(slash + 1) }
}
