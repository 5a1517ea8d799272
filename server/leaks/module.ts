import { type TSchema, Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import { handler, type Handler, type Module, type Post, projection } from '../module.ts'
import { exactly, text, uuid } from '../schemas.ts'
import {
  decideLeak,
  type Leak,
  LEAK_KINDS,
  type LeakKind,
  type LeakStep,
  leakRegister,
  type RegisterLeak,
  registerLeak,
  type Told,
  TOLD,
} from './leaks.ts'
import { leaks } from './store.ts'

const WORDS_MOST = 1_000
const words = text(WORDS_MOST)
const moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' })

/** Anybody may find a leak. */
const FINDING: readonly Post[] = [
  ...(['officer', 'custodian', 'clerk', 'manager', 'approver', 'supervisor'] as const),
  ...(['system-admin', 'security-admin', 'audit-admin'] as const),
]

export const bodies = {
  register: Type.Object(
    { kind: Type.Unsafe<LeakKind>(Type.Enum([...LEAK_KINDS])), foundAt: moment, what: words, concerned: words },
    exactly,
  ),
  'note-measure': Type.Object({ text: words }, exactly),
  tell: Type.Object({ whom: Type.Unsafe<Told>(Type.Enum([...TOLD])), who: words }, exactly),
  close: Type.Object({ text: words, untold: Type.Optional(words) }, exactly),
} as const

function over(
  posts: readonly Post[],
  { properties }: { readonly properties: Readonly<Record<string, TSchema>> },
): Handler {
  return handler<LeakStep, Leak | null>({
    schema: Type.Object({ leak: uuid, ...properties }, exactly),
    posts,
    registers: async (trx, { leak }) => {
      const found = (await loadStates(trx, leaks, [leak])).get(leak) ?? null
      return found === null ? [] : [found.register]
    },
    load: async (trx, { leak }) => (await loadStates(trx, leaks, [leak], { lock: true })).get(leak) ?? null,
    decide: decideLeak,
  })
}

/** 泄露事件台账 (rules P-09): what got out, what was done, who was told, and who looked at it last. */
export const leakModule: Module = {
  name: 'leaks',
  handlers: {
    'leaks.register': handler<RegisterLeak, null>({
      schema: bodies.register,
      posts: FINDING,
      registers: async (_trx, _command, { unit }) => (unit === null ? [] : [leakRegister(unit)]),
      load: async () => null,
      decide: (_state, command, circumstances) => registerLeak(command, circumstances),
    }),
    'leaks.note-measure': over(FINDING, bodies['note-measure']),
    'leaks.tell': over(FINDING, bodies.tell),
    'leaks.close': over(['supervisor'], bodies.close),
  },
  projections: [projection(leaks)],
}
