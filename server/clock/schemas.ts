import { Type } from 'typebox'
import { exactly, text, uuid } from '../schemas.ts'
import { type Counting, COUNTINGS } from './calendar.ts'
import { CALENDAR_FILE_CHARACTERS_MAX } from './calendar-file.ts'
import { APPROVAL_LEVELS, type ApprovalLevel } from '../approvals/approvals.ts'
import {
  type Audience,
  AUDIENCES,
  AUTHORITIES,
  type Authority,
  type Colour,
  COLOURS,
  type Grade,
  GRADES,
} from './deadline-rules.ts'
import { SPAN_PATTERN } from './span.ts'

const TIERS_MAX = 12
const OFFSET_DAYS_MAX = 60
const EXTENSIONS_MAX = 12
/** Entries that one act takes in. */
export const ENTRIES_AN_ACT = 1_000

const span = Type.String({ pattern: SPAN_PATTERN })
const register = Type.String({ pattern: '^[a-z][a-z0-9.-]{0,63}$' })
export const calendarYear = Type.Integer({ minimum: 2000, maximum: 2100 })
/** Line breaks and tabs are what a file has; what else is wrong with it is told line by line. */
export const calendarFile = Type.String({ minLength: 1, maxLength: CALENDAR_FILE_CHARACTERS_MAX })
export const ruleId = Type.String({ pattern: '^DL-[0-9]{2}[a-z]?$' })

const offset_days = Type.Integer({ minimum: -OFFSET_DAYS_MAX, maximum: OFFSET_DAYS_MAX })
const colour = Type.Unsafe<Colour>(Type.Enum([...COLOURS]))

export const terms = Type.Object(
  {
    due: Type.Union([span, Type.Null()]),
    counting: Type.Unsafe<Counting>(Type.Enum([...COUNTINGS])),
    deferrable: Type.Boolean(),
    extend: Type.Union([
      Type.Object(
        {
          by: span,
          times: Type.Union([Type.Integer({ minimum: 1, maximum: EXTENSIONS_MAX }), Type.Null()]),
          levels: Type.Optional(
            Type.Array(Type.Unsafe<ApprovalLevel>(Type.Enum([...APPROVAL_LEVELS])), {
              ...{ minItems: 1, maxItems: APPROVAL_LEVELS.length, uniqueItems: true },
            }),
          ),
          authority: Type.Optional(Type.Unsafe<Authority>(Type.Enum(Object.keys(AUTHORITIES)))),
        },
        exactly,
      ),
      Type.Null(),
    ]),
    pausable: Type.Boolean(),
    shorten: Type.Optional(Type.Literal(true)),
    enabled: Type.Boolean(),
    basis: text(100),
    grade: Type.Unsafe<Grade>(Type.Enum([...GRADES])),
    ladder: Type.Array(
      Type.Object(
        { offset_days, colour, tell: Type.Array(Type.Unsafe<Audience>(Type.Enum([...AUDIENCES])), { minItems: 1 }) },
        exactly,
      ),
      { maxItems: TIERS_MAX },
    ),
  },
  exactly,
)

export const schemas = {
  'clock.import-calendar': Type.Object({ year: calendarYear, source: text(200), csv: calendarFile }, exactly),
  'clock.propose-rule': Type.Object({ rule: ruleId, terms }, exactly),
  'clock.confirm-rule': Type.Object({ proposal: uuid }, exactly),
  'clock.decline-rule': Type.Object({ proposal: uuid }, exactly),
  'clock.follow': Type.Object(
    {
      register,
      entries: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: ENTRIES_AN_ACT }),
      older: Type.Boolean(),
    },
    exactly,
  ),
  'clock.end-cause': Type.Object({ clock: uuid }, exactly),
  'clock.warn': Type.Object({ clock: uuid, term: Type.Integer({ minimum: 1 }), offset_days }, exactly),
} as const
