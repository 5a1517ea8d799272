import { Type } from 'typebox'
import { DISPOSAL_FORMS } from '../../../labels/documents/disposal-form.ts'
import { answering, orNull, toldRefusal } from '../../schemas.ts'
import { count, flag, holder, oneOf, saidOf, shape, text, texts } from '../answer-shapes.ts'
import type { DisposalPage, ShownDisposal } from '../protocol.ts'
import { handingWords } from './effects.ts'
import { destinationWords, DISPOSAL_TYPES, releaseWords, saleGroundWords, saleMethodWords } from './types.ts'

/** A disposal, and its page. */

const disposalMembers = {
  ...{ code: text, case: text, destination: saidOf(destinationWords), ground: orNull(saidOf(releaseWords)) },
  way: shape({ ...saidOf(DISPOSAL_TYPES).properties, basis: text }),
  ...{ foundAt: orNull(text), suspectedCrime: flag, appraisal: orNull(text), opinion: orNull(text) },
  sale: orNull(
    shape({
      ...{ ground: saidOf(saleGroundWords), method: saidOf(saleMethodWords) },
      ...{ estimate_fen: count, holderOpinion: orNull(text) },
    }),
  ),
  ...{ reviewUnit: orNull(holder), items: texts, proposer: holder, proposedAt: text },
  ...{ status: oneOf(['proposed', 'approved', 'done', 'refused', 'withdrawn', 'lapsed']), waiting: orNull(text) },
  papers: Type.Array(oneOf(Object.keys(DISPOSAL_FORMS))),
  agreed: Type.Array(shape({ level: oneOf(['review', 'department', 'organ']), by: holder, at: text })),
  acts: Type.Array(
    shape({
      ...{ items: texts, document: text, organ: orNull(text), listOnly: flag },
      sale: orNull(shape({ price_fen: count, voucher: text, account: text, proceeds: text, below: orNull(text) })),
      handed: orNull(shape({ way: saidOf(handingWords), becomes: orNull(text) })),
      ...{ nth: count, by: holder, with: Type.Array(holder), at: text },
    }),
  ),
  notCollected: Type.Array(shape({ items: texts, note: orNull(text), by: holder, at: text })),
}
export const disposal = answering<ShownDisposal>()(shape(disposalMembers))
export const disposalPage = answering<DisposalPage>()(
  shape({
    ...disposalMembers,
    ...{ yours: texts, toDeliver: texts, toStrike: texts, barred: orNull(toldRefusal) },
    notices: Type.Array(shape({ number: text, items: texts })),
    things: orNull(Type.Array(shape({ code: text, name: text }))),
  }),
)
