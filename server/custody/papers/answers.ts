import { Type } from 'typebox'
import { answering, exactly, orNull, sha256, words } from '../../schemas.ts'
import { serviceFields, serviceWayWords } from '../service/ways.ts'
import { count, flag, holder, oneOf, saidOf, shape, text, texts } from '../answer-shapes.ts'
import type { CheckedPaper, OfficePrinterPlace, PaperOffer, ShownPaper, WrittenTag } from '../protocol.ts'
import { PRINT_STATES } from './paper-prints.ts'
import { PAPER_KINDS } from './papers.ts'

/** Papers that were issued or may be, and tags that were written. */

export const paperKind = shape({ value: oneOf(PAPER_KINDS), words })
export const paper = answering<ShownPaper>()(
  shape({
    ...{ paper: text, kind: paperKind, form: text, number: text, layout: count, of: text, part: orNull(text) },
    ...{ items: texts, check: text, sha256: text, pages: count, copies: texts },
    ...{ issuedAt: text, issuedBy: holder, replacedBy: orNull(text), toServe: flag },
    services: Type.Array(
      shape({
        ...{ way: saidOf(serviceWayWords), servedAt: text, countsFrom: text, scan: orNull(text), by: holder, at: text },
        told: Type.Array(shape({ field: saidOf(serviceFields), text })),
      }),
    ),
    scans: Type.Array(shape({ pages: texts, reason: orNull(text), by: holder, at: text })),
    toScan: flag,
    print: orNull(
      shape({
        ...{ job: text, station: text, at: text, state: oneOf(PRINT_STATES) },
        fault: orNull(shape({ code: text, zh: text, en: text })),
      }),
    ),
  }),
)
export const officePrinters = answering<{ readonly printers: readonly OfficePrinterPlace[] }>()(
  shape({ printers: Type.Array(shape({ station: text, name: text, printer: text })) }),
)
export const checkedPaper = answering<CheckedPaper>()(
  shape({ paper, archived: flag, erased: flag, compared: flag, later: orNull(text) }),
)
export const paperOffers = answering<{ readonly offers: readonly PaperOffer[] }>()(
  shape({
    offers: Type.Array(
      shape({
        ...{ kind: paperKind, form: text, of: text, part: orNull(text), what: text },
        ...{ standing: orNull(text), yours: flag },
        fields: Type.Array(shape({ id: text, name: words, long: flag, required: flag })),
      }),
    ),
  }),
)

export const writtenTag = answering<WrittenTag>()(
  shape({
    outcome: oneOf(['bound', 'failed', 'unable', 'unknown']),
    words,
    tag: orNull(shape({ epc: text, tid: orNull(text) })),
  }),
)

const size = Type.Integer({ minimum: 1 })
/** Photos as they were kept. */
export const keptPhotos = Type.Object(
  { photos: Type.Array(Type.Object({ sha256, width: size, height: size, bytes: size }, exactly)) },
  exactly,
)
