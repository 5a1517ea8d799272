import { Type } from 'typebox'
import { APPROVAL_LEVELS } from '../../approvals/approvals.ts'
import { answering, orNull, words } from '../../schemas.ts'
import {
  book,
  count,
  flag,
  holder,
  oneOf,
  point,
  purpose,
  saidOf,
  shape,
  text,
  texts,
  weight_mg,
} from '../answer-shapes.ts'
import { custodyWords, dispositionWords, incidentWords, measureWords, sealWords } from '../axes.ts'
import { currencies } from '../cash/currencies.ts'
import { CATEGORIES } from '../categories.ts'
import { STORAGE_CLASSES } from '../keeping/storage-classes.ts'
import { correctedWords } from '../correcting/corrections.ts'
import { complaintWords, keptOpenWords } from '../disposal/words.ts'
import { shareWords } from '../lineage/lineage.ts'
import { viewWords } from '../pictures/pictures.ts'
import { FILMINGS } from '../videos/filming.ts'
import { label, labelInShort } from '../papers/label-answers.ts'
import type { ItemCard, ItemChain, ItemSummary } from '../protocol.ts'

/** An item in a list, on its card, and its chain. */

export const incidentPhotos = shape({ recorded: texts, seen: texts })

export const summaryMembers = {
  ...{ code: text, case: text, ordinal: count, name: text },
  ...{ category: oneOf(CATEGORIES), book },
  ...{
    quantity: text,
    quantityUnit: text,
    quantityWords: words,
    custody: saidOf(custodyWords),
    disposition: saidOf(dispositionWords),
  },
  ...{ disputed: flag, frozen: flag, overdue: flag },
  ...{
    store: orNull(text),
    location: orNull(text),
    container: orNull(text),
    holder: text,
    photo: orNull(text),
    label: labelInShort,
  },
  ...{ ofSale: flag, cardStale: flag },
}
export const itemSummary = answering<ItemSummary>()(shape(summaryMembers))

const textOrNumber = Type.Union([text, Type.Number()])
const seal = shape({ number: text, signers: texts, sealedAt: text })
const presence = shape({
  isAlias: flag,
  attendance: oneOf(['SIGNED', 'REFUSED', 'ABSENT']),
  name: orNull(text),
  reason: orNull(text),
})

const amount_minor = count
const cash = shape({
  ...{ currency: oneOf(Object.keys(currencies)), words, faces_minor: Type.Array(count) },
  ...{ minorDigits: count, perBundle: count, awaited: flag },
  rounds: Type.Array(
    shape({
      list: orNull(text),
      outcome: oneOf(['open', 'differs', 'agreed', 'disputed']),
      counts: Type.Array(
        shape({
          ...{ by: holder, at: text },
          figures: orNull(
            shape({
              lines: Type.Array(shape({ face_minor: count, bundles: count, loose: count })),
              ...{ serials: texts, amount_minor },
            }),
          ),
        }),
      ),
    }),
  ),
  agreed: orNull(shape({ amount_minor, pieces: Type.Array(shape({ face_minor: count, pieces: count })), at: text })),
})

const regrouping = oneOf(['split', 'merge'])
const kin = shape({ code: text, ordinal: count, name: text, quantity: text, quantityUnit: text, quantityWords: words })

export const itemCard = answering<ItemCard>()(
  shape({
    ...{ code: text, epc: text, case: text, ordinal: count, of: count, unit: text, name: text },
    tag: orNull(shape({ state: oneOf(['wanted', 'bound', 'failed', 'unknown']), tid: orNull(text), at: text })),
    category: saidOf(CATEGORIES),
    ...{ quantity: text, quantityUnit: text, quantityWords: words, features: text },
    details: Type.Array(shape({ field: text, name: words, value: text, words, masked: flag })),
    valueStatus: oneOf(['KNOWN', 'UNKNOWN', 'NOT_NEEDED']),
    ...{ relevance: orNull(text), mayStateRelevance: flag, mayOpenAccountNumber: flag },
    source: orNull(shape({ inbound: text, organ: text, number: text, line: count, seal: orNull(text) })),
    measureStatus: saidOf(measureWords),
    custodyStatus: saidOf(custodyWords),
    sealStatus: saidOf(sealWords),
    dispositionStatus: saidOf(dispositionWords),
    ...{ overdue: flag, frozen: flag, holder, cash: orNull(cash) },
    store: orNull(shape({ id: text, name: text })),
    location: orNull(shape({ code: text, name: text })),
    container: orNull(shape({ code: text, name: text })),
    measure: shape({
      ...{ kind: oneOf(Object.keys(measureWords)), noticeNumber: text, takenAt: text, officers: texts },
      place: orNull(text),
      ...{ formerNumber: Type.Optional(text), convertedAt: Type.Optional(text), approval: Type.Optional(text) },
      ...{ emergency: Type.Optional(flag), unregisteredTrader: Type.Optional(flag) },
    }),
    ...{ heldBefore: presence, witness: presence, seal: orNull(seal), cannotSeal: orNull(text) },
    keptOpen: orNull(shape({ ground: saidOf(keptOpenWords), document: text, approver: holder, at: text })),
    sealedWith: texts,
    weights: Type.Array(
      shape({
        ...{ weight_mg, at: text },
        weighing: orNull(
          Type.Union([
            shape({ by: Type.Literal('scale'), station: text, reading: text, raw_sha256: text }),
            shape({ by: Type.Literal('hand') }),
          ]),
        ),
      }),
    ),
    tare: orNull(shape({ gross_mg: count, tare_mg: count, net_mg: count, bag: orNull(oneOf(['S', 'M', 'L'])) })),
    weighed: flag,
    storage: Type.Array(oneOf(STORAGE_CLASSES)),
    photos: Type.Array(shape({ photo: text, at: text, by: text, view: orNull(saidOf(viewWords)) })),
    ...{ filming: orNull(oneOf(FILMINGS)), recordingLater: orNull(text) },
    ...{ signed: count, mayNoteVideo: flag, hadIncident: flag },
    videos: Type.Array(
      shape({
        ...{ of: oneOf(['measure', 'handling', 'incident']), number: text, device: text },
        ...{ startedAt: text, endedAt: text, keptIn: text, sha256: orNull(text) },
        ...{ by: holder, at: text, showsTaking: flag },
      }),
    ),
    retention: shape({
      reviewOn: orNull(text),
      said: Type.Array(
        shape({
          ...{ verdict: orNull(oneOf(['KEEP', 'RELEASE'])), reviewOn: orNull(text), text: orNull(text) },
          ...{ by: holder, at: text },
        }),
      ),
    }),
    retentionAct: orNull(oneOf(['ask-retention', 'answer-retention'])),
    deadlines: Type.Array(
      shape({
        rule: text,
        title: words,
        dueAt: text,
        basis: text,
        state: oneOf(['running', 'late', 'met', 'paused', 'excepted']),
      }),
    ),
    documents: shape({ list: orNull(text), loan: orNull(text), notice: text }),
    ...{ label: orNull(label), cardStale: flag },
    corrections: Type.Array(
      shape({
        ...{ field: saidOf(correctedWords), was: orNull(textOrNumber), is: orNull(textOrNumber) },
        ...{ reason: orNull(text), by: holder, with: Type.Array(holder), at: text },
      }),
    ),
    casesBefore: Type.Array(
      shape({ how: oneOf(['merge', 'split']), case: text, ordinal: count, document: text, at: text }),
    ),
    proceeds: orNull(shape({ disposal: text, amount_fen: count, voucher: text, account: text })),
    ...{ share: orNull(saidOf(shareWords)), dividable_fen: orNull(count) },
    ...{ soldFor: orNull(kin), becameEvidence: orNull(kin), wasEffects: orNull(kin) },
    origin: orNull(shape({ how: oneOf(['split', 'merge', 'sale']), from: Type.Array(kin), at: text })),
    succeeded: orNull(
      shape({
        ...{ how: regrouping, into: Type.Array(kin), reason: orNull(text), at: text },
        ...{ by: holder, with: Type.Array(holder) },
      }),
    ),
    transit: orNull(
      shape({ from: holder, to: holder, carrier: holder, document: text, sentAt: text, dueAt: text, overdue: flag }),
    ),
    transitAct: orNull(oneOf(['dispatch', 'arrive'])),
    ...{ regroupActs: Type.Array(regrouping), mergeable: Type.Array(kin) },
    deposit: orNull(shape({ account: text, voucher: text, amount_fen: count, finance: holder, at: text })),
    ...{ mayDeposit: flag, decidable: orNull(oneOf(['confirm-measure', 'convert-surrender'])) },
    acts: Type.Array(oneOf(['seal', 'unseal', 'correct', 'incident'])),
    reservation: orNull(
      shape({ approval: text, requester: holder, approver: holder, purpose, dueAt: text, validUntil: text }),
    ),
    loan: orNull(shape({ loan: text, borrower: holder, purpose, lentAt: text, dueAt: text })),
    appraisal: orNull(
      shape({
        ...{ institution: text, commission: text, sentAt: text, dueAt: text, overdue: flag },
        ...{ custodian: holder, officers: Type.Array(holder) },
      }),
    ),
    appraised: Type.Array(shape({ report: text, value_fen: orNull(count), at: text })),
    appraisalAct: orNull(oneOf(['appraise', 'appraised'])),
    complaint: orNull(
      shape({ ground: saidOf(complaintWords), review: flag, note: orNull(text), by: holder, acceptedAt: text }),
    ),
    reviewable: flag,
    reviewedAbove: orNull(shape({ organ: text, number: text, upheld: flag, by: holder, at: text })),
    upheld: orNull(shape({ ground: saidOf(complaintWords), conclusion: orNull(text), by: holder, at: text })),
    decisionToServe: orNull(shape({ decidedAt: text, by: holder })),
    mayServeDecision: flag,
    complaintAct: orNull(oneOf(['complain', 'decide-complaint'])),
    unapproved: orNull(shape({ levels: Type.Array(oneOf(APPROVAL_LEVELS)), asked: flag })),
    recourse: orNull(oneOf(['payable', 'open', 'settled'])),
    incident: orNull(
      shape({
        ...{ kind: saidOf(incidentWords), opener: holder, openedAt: text },
        ...{ note: orNull(text), points: Type.Array(point), photos: incidentPhotos },
      }),
    ),
  }),
)

/** `body` is what the register says of this type of fact, and differs from one to another. */
export const itemChain = answering<ItemChain>()(
  shape({
    entries: Type.Array(
      shape({
        ...{ register: text, seq: count, at: text, recordedAt: text, type: text, actor: text, with: texts },
        ...{ station: orNull(text), body: Type.Unknown(), hash: text },
        ...{ said: Type.Optional(Type.Record(text, orNull(text))), done: Type.Optional(words) },
      }),
    ),
    holders: Type.Array(shape({ who: text, name: text, from: text, to: orNull(text) })),
    intact: flag,
    faults: Type.Array(shape({ register: text, seq: orNull(count), what: words })),
  }),
)
