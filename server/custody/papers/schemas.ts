import { Type } from 'typebox'
import { CONDITION_WORDS } from '../../../devices/printer/condition-words.ts'
import { text, uuid } from '../../schemas.ts'
import { body, caseNumber, code, id, instant, items, keysOf, oneOf, unitYear } from '../schema-parts.ts'
import { labelFaultWords } from './label-faults.ts'
import { PAPER_KINDS } from './papers.ts'
import { WRITTEN_FIELDS_MOST, WRITTEN_MOST } from './written.ts'

/** What a label is drawn as: an item's card, the label of a location or a box, or the entry slip of a hand-over list. */
const TEMPLATES = ['item-card', 'location-label', 'container-label', 'entry-slip'] as const
const template = oneOf(TEMPLATES)

const labelFault = body({
  code: oneOf(keysOf(labelFaultWords)),
  conditions: Type.Array(oneOf(keysOf(CONDITION_WORDS)), { maxItems: 20, uniqueItems: true }),
})

/** The number that a chip was made with: two to six words of 16 bits. */
const tid = Type.String({ pattern: '^([0-9A-F]{4}){2,6}$' })

/** Labels, tags and papers: what is wanted on one, and what became of it. */
export const paperSchemas = {
  'custody.want-label': body({ codes: items(code), template, station: id }),
  'custody.reprint': body({ codes: items(code), template, station: id, reason: text(200) }),
  'custody.label-printed': body({ labels: items(uuid) }),
  'custody.label-failed': body({ labels: items(uuid), fault: labelFault }),
  'custody.label-unknown': body({ labels: items(uuid), fault: labelFault }),
  'custody.want-tag': body({ item: code, station: id }),
  // `wanted`: when the writing was wanted that this is the outcome of.
  'custody.tag-bound': body({ item: code, wanted: instant, tid: Type.Union([tid, Type.Null()]) }),
  'custody.tag-not-written': body({
    ...{ item: code, wanted: instant },
    ...{ outcome: Type.Enum(['failed', 'unknown']), why: id },
  }),
  'custody.label-scanned-back': body({ labels: items(body({ code, issue: Type.Integer({ minimum: 1 }) })) }),
  /**
   * `of` is what the kind is about: a case, list, loan, disposal, item, clock, stock-take, notice or follow-up; `part` a notice number, or
   * which act, incident or fact; `said` what is written on a paper that no other act fills in, by field.
   */
  'custody.issue-paper': body({
    paper: oneOf(PAPER_KINDS),
    of: Type.Union([caseNumber, code, uuid, unitYear]),
    part: Type.Optional(text(80)),
    said: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]{1,20}$' }), Type.String({ maxLength: WRITTEN_MOST }), {
        ...{ maxProperties: WRITTEN_FIELDS_MOST, additionalProperties: false },
      }),
    ),
  }),
  'custody.print-paper': body({ paper: uuid, station: id }),
  'custody.settle-print': body({
    ...{ paper: uuid, job: uuid, outcome: oneOf(['printed', 'failed', 'unknown']) },
    fault: Type.Optional(labelFault),
  }),
} as const
