import type { Words } from '../../refusal.ts'
import type { Rule } from '../rule.ts'

/** A rule of custody as the list shows it: `GET /api/custody/rules`. */
export interface ListedRule {
  readonly rule: string
  readonly title: Words
  readonly value: Words
  readonly instrument: string
  readonly version: string
  readonly article: string
  readonly standing: Rule<unknown>['standing']
}
