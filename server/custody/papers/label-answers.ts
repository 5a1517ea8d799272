import { answering, orNull, words } from '../../schemas.ts'
import { count, flag, holder, oneOf, shape, text } from '../answer-shapes.ts'
import type { IssuedLabel, IssuedStrip, ShownLabel } from '../protocol.ts'
import { labelWords } from './labels.ts'

/** How labels are told of: a job, and what of it stands with its item. */

const labelState = oneOf(Object.keys(labelWords))

const labelMembers = {
  ...{ job: text, code: text, issue: count, payload: text, template: text, station: text },
  ...{ state: labelState, words, scannedBack: flag, void: flag, wantedAt: text },
  ...{ reason: orNull(text), fault: orNull(shape({ code: text, zh: text, en: text })) },
}
export const label = shape(labelMembers)
export const issuedLabel = answering<IssuedLabel>()(shape({ ...labelMembers, wantedBy: holder }))
export const issuedStrip = answering<IssuedStrip>()(shape({ ...labelMembers, wantedBy: holder, number: text }))
export const shownLabel = answering<ShownLabel>()(label)
export const labelInShort = orNull(
  shape({
    job: text,
    issue: count,
    state: labelState,
    scannedBack: flag,
    fault: orNull(shape({ code: text, zh: text, en: text })),
  }),
)
