import type { Track } from '../axes.ts'
import type { Rule } from '../rule.ts'

/** Whose roles are held apart over a whole case. */
export const taxRoleRules = {
  /** On which tracks whoever inspects, reviews or executes in a case does none of the others in it (T-17). */
  roles_apart_tracks: {
    value: ['TAX'],
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '85',
    standing: 'statute',
  },
} as const satisfies Readonly<Record<string, Rule<readonly Track[]>>>
