import { type Static, Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, code, type Given } from '../schema-parts.ts'
import { rules } from '../rules.ts'

const document = text(60)

/** 并案: everything of `case` that is open goes into `into`, by the decision `document`. */
export const mergeCasesDeed = body({
  command: Type.Literal('merge-cases'),
  case: caseNumber,
  into: caseNumber,
  document,
})
/** 分案: these items of `case` go into `into`. */
export const splitCaseDeed = body({
  ...{ command: Type.Literal('split-case'), case: caseNumber, into: caseNumber, document },
  items: Type.Array(code, { minItems: 1, maxItems: rules.items_per_act.value, uniqueItems: true }),
})

export type MergeCasesDeed = Given<Static<typeof mergeCasesDeed>>
export type SplitCaseDeed = Given<Static<typeof splitCaseDeed>>
