import type { Words } from '../../refusal.ts'

/** One line that is written on a paper because no other act of the program tells it. */
export interface WrittenField {
  readonly name: Words
  /** Several lines are typed; on paper it stands in a row of its own. */
  readonly long: boolean
  readonly required: boolean
}

/** Characters of one field at most. */
export const WRITTEN_MOST = 800
/** Fields of one paper at most. */
export const WRITTEN_FIELDS_MOST = 12

const line = (zh: string, en: string): WrittenField => ({ name: { zh, en }, long: false, required: true })
const story = (zh: string, en: string, required = true): WrittenField => ({ name: { zh, en }, long: true, required })

/**
 * Papers about a case that say what an officer writes on them: F-00 before anything is taken, F-20 of whoever asked about a case or
 * interfered in it (监察法 66). Each is a paper of its own; written anew under its own part it takes the place of the one before.
 */
export const WRITTEN = {
  'measure-approval': {
    measure: line('拟采取措施', 'Measure'),
    subject: line('措施对象', 'Against whom'),
    scope: story('财物范围', 'What is to be taken'),
    reason: story('事实和理由', 'Facts and reasons'),
  },
  approach: {
    when: line('时间、方式', 'When and how'),
    who: line('打听、干预人', 'Who asked or interfered'),
    post: line('单位、职务', 'His organ and post'),
    what: story('具体情形', 'What was asked or wanted'),
    reply: story('处理情况', 'What was done about it', false),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, WrittenField>>>>

export type WrittenKind = keyof typeof WRITTEN
export const WRITTEN_KINDS = Object.keys(WRITTEN) as WrittenKind[]

/** What was written, by field. */
export type Said = Readonly<Record<string, string>>

/** Whether an officer writes what stands on it, rather than the registers. */
export function isWritten(kind: string): kind is WrittenKind {
  return Object.hasOwn(WRITTEN, kind)
}

/** The fields of a kind in their order; none for a paper that the registers fill in. */
export function writtenFields(kind: string): readonly (WrittenField & { readonly id: string })[] {
  if (!isWritten(kind)) return []
  return Object.entries<WrittenField>(WRITTEN[kind]).map(([id, field]) => ({ id, ...field }))
}
