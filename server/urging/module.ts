import { type TSchema, Type } from 'typebox'
import { type Deed, deed } from '../approvals/approvals.ts'
import { loadStates } from '../ledger/project.ts'
import { handler, type Handler, type Module, type Post, projection } from '../module.ts'
import { exactly, id, orNull, text, uuid } from '../schemas.ts'
import type { UrgingsApart } from './apart.ts'
import { type ConcernedBy, loadUrge, seesUrging, urgings } from './store.ts'
import {
  askUrging,
  decideUrging,
  issueUrging,
  type UrgeDeed,
  type UrgeState,
  type Urging,
  URGING_METHODS,
  URGING_REASONS,
  type UrgingCommand,
  type UrgingMethod,
  type UrgingReason,
  urgingRegister,
} from './urging.ts'

const TEXT_MOST = 1_000
export const words = text(TEXT_MOST)
export const moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' })
/** A case by its number, an item by its code, a clock by its id. */
const about = Type.String({
  pattern: '^(case/[^\\u0000-\\u001f/]{1,40}|item/[0-9A-Z]{14}|clock/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
})

const urgeDeed = Type.Object(
  {
    ...{ command: Type.Literal('urge'), from: id, about, unit: id, person: orNull(id) },
    reason: Type.Unsafe<UrgingReason>(Type.Enum([...URGING_REASONS])),
    method: Type.Unsafe<UrgingMethod>(Type.Enum([...URGING_METHODS])),
    dueAt: moment,
  },
  exactly,
)

/** What a supervisor asks his leader for; granting issues the notice. */
export function urgingDeeds(concernedBy: ConcernedBy): readonly Deed[] {
  return [
    deed<UrgeDeed, UrgeState>({
      command: 'urge',
      title: { zh: '督办通知待您批准', en: 'A notice of urging waits for your decision' },
      about: ({ about: matter }) => (matter.startsWith('clock/') ? [] : [matter.slice(matter.indexOf('/') + 1)]),
      schema: urgeDeed,
      registers: async (_trx, { from }) => [urgingRegister(from)],
      load: (trx, asked, { at }) => loadUrge(trx, asked, concernedBy, at),
      ask: askUrging,
      grant: issueUrging,
    }),
  ]
}

const ADDRESSEES: readonly Post[] = ['officer', 'custodian', 'clerk', 'manager', 'approver']

function over<C extends UrgingCommand>(
  apart: UrgingsApart,
  posts: readonly Post[],
  schema: Readonly<Record<string, TSchema>>,
): Handler {
  return handler<C, Urging | null>({
    schema: Type.Object({ urging: uuid, ...schema }, exactly),
    posts,
    registers: async (trx, { urging }) => {
      const found = (await loadStates(trx, urgings, [urging])).get(urging) ?? null
      return found === null ? [] : [found.register]
    },
    load: async (trx, { urging }, { actor }) => {
      const found = (await loadStates(trx, urgings, [urging], { lock: true })).get(urging) ?? null
      // What somebody does not see is not there for him, whoever told him its id.
      return found !== null && seesUrging(found, actor, await apart.peopleIn(trx, found.about)) ? found : null
    },
    decide: decideUrging,
  })
}

/**
 * 督办: numbered notices to a department about a case, an item or a deadline, answered in words and judged.
 * @param apart who has nothing to do with a notice, by the modules whose matters they are
 */
export function urgingModule(apart: UrgingsApart): Module {
  return {
    name: 'urging',
    handlers: {
      'urging.answer': over(apart, ADDRESSEES, { text: words }),
      'urging.accept': over(apart, ['supervisor'], { text: Type.Optional(words) }),
      'urging.send-back': over(apart, ['supervisor'], { text: words, dueAt: moment }),
      'urging.withdraw': over(apart, ['supervisor'], { text: words }),
    },
    projections: [projection(urgings)],
  }
}
