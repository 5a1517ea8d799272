import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { body, code, type CommandOf, id, instant, lines, oneOf, weight_mg } from '../schema-parts.ts'

const SIGNERS_MOST = 5

export const onPaperSchemas = {
  /**
   * An act of the bench that was done on paper. What its lines and it hold beside is what the act itself takes (`custody.check-in` …), and
   * nothing else.
   */
  'custody.enter-from-paper': body({
    act: oneOf(['hand-over', 'check-in', 'borrow', 'give-back']),
    happenedAt: instant,
    /** It stands in the register in clear: a number and no words. */
    sheet: Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z-]{0,39}$' }),
    reason: text(200),
    signedBy: Type.Array(id, { maxItems: SIGNERS_MOST, uniqueItems: true }),
    items: lines({
      location: Type.Optional(code),
      weight_mg: Type.Optional(weight_mg),
      sealNumber: Type.Optional(text(40)),
      photoMatches: Type.Optional(Type.Boolean()),
      seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
      condition: Type.Optional(oneOf(['same', 'different'])),
      note: Type.Optional(text(500)),
    }),
    location: Type.Optional(code),
    store: Type.Optional(id),
    approval: Type.Optional(uuid),
    borrower: Type.Optional(id),
  }),
} as const

export type EnterFromPaper = CommandOf<typeof onPaperSchemas, 'custody.enter-from-paper'>
