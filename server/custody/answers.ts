import { type TSchema, Type } from 'typebox'
import { DISPOSAL_FORMS } from '../../labels/documents/disposal-form.ts'
import type { Answer } from '../act.ts'
import type { DeedData } from '../approvals/approvals.ts'
import { answering, exactly, facts, orNull, pageWith, words } from '../schemas.ts'
import { accountWords } from './account/accounting.ts'
import {
  custodyWords,
  dispositionWords,
  incidentWords,
  measureWords,
  purposeWords,
  sealWords,
  trackWords,
} from './axes.ts'
import { CATEGORIES, STORAGE_CLASSES } from './categories.ts'
import { correctedWords } from './correcting/corrections.ts'
import { DISPOSAL_TYPES, destinationWords, releaseWords, saleGroundWords, saleMethodWords } from './disposal/types.ts'
import { attachmentWords, complaintWords, keptOpenWords, relationWords } from './disposal/words.ts'
import { currencies } from './cash/currencies.ts'
import { labelWords } from './papers/labels.ts'
import { PAPER_KINDS } from './papers/papers.ts'
import type {
  CaseAccount,
  CaseSummary,
  CheckedPaper,
  CustodyOptions,
  Found,
  IntakeGap,
  IssuedLabel,
  ItemCard,
  ItemChain,
  ItemSummary,
  ListSummary,
  OpenedContainer,
  PaperOffer,
  ShownAlarm,
  ShownConflict,
  DisposalPage,
  ShownContainer,
  ShownDisposal,
  ShownIncident,
  ShownLabel,
  ShownList,
  ShownLoan,
  ShownLocation,
  ShownNotice,
  ShownPaper,
  WrittenTag,
} from './protocol.ts'

/** What custody answers over HTTP; the shapes of protocol.ts. */

const text = Type.String()
const texts = Type.Array(text)
const count = Type.Integer()
const flag = Type.Boolean()
const weight_mg = Type.Integer()
const textOrNumber = Type.Union([text, Type.Number()])

function shape<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, exactly)
}

function oneOf(values: readonly string[]) {
  return Type.Enum([...values])
}

/** A value of one of these, with its words. */
function saidOf(values: Readonly<Record<string, unknown>> | readonly string[]) {
  return shape({ value: oneOf(Array.isArray(values) ? (values as string[]) : Object.keys(values)), words })
}

const holder = shape({ who: text, name: text })
const purpose = saidOf(purposeWords)
const seal = shape({ number: text, signers: texts, sealedAt: text })
export const point = shape({
  point: oneOf(['weight', 'seal', 'condition']),
  expected: text,
  found: text,
  verdict: oneOf(['same', 'different', 'not-compared']),
})
const presence = shape({
  attendance: oneOf(['SIGNED', 'REFUSED', 'ABSENT']),
  name: orNull(text),
  reason: orNull(text),
})
const book = oneOf(['evidence', 'effects'])
const labelState = oneOf(Object.keys(labelWords))

const labelMembers = {
  ...{ job: text, code: text, issue: count, payload: text, template: text, station: text },
  ...{ state: labelState, words, scannedBack: flag, void: flag, wantedAt: text },
  ...{ reason: orNull(text), fault: orNull(shape({ code: text, zh: text, en: text })) },
}
const label = shape(labelMembers)
const issuedLabel = answering<IssuedLabel>()(shape({ ...labelMembers, wantedBy: holder }))
export const shownLabel = answering<ShownLabel>()(label)
const labelInShort = orNull(
  shape({
    job: text,
    issue: count,
    state: labelState,
    scannedBack: flag,
    fault: orNull(shape({ code: text, zh: text, en: text })),
  }),
)

const summaryMembers = {
  ...{ code: text, case: text, ordinal: count, name: text },
  ...{ category: oneOf(CATEGORIES), book },
  ...{ quantity: text, quantityUnit: text, custody: saidOf(custodyWords), disposition: saidOf(dispositionWords) },
  ...{ disputed: flag, frozen: flag, overdue: flag },
  ...{
    store: orNull(text),
    location: orNull(text),
    container: orNull(text),
    holder: text,
    photo: orNull(text),
    label: labelInShort,
  },
  cardStale: flag,
}
const itemSummary = answering<ItemSummary>()(shape(summaryMembers))

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
const kin = shape({ code: text, ordinal: count, name: text, quantity: text, quantityUnit: text })

export const itemCard = answering<ItemCard>()(
  shape({
    ...{ code: text, epc: text, case: text, ordinal: count, of: count, unit: text, name: text },
    tag: orNull(shape({ state: oneOf(['wanted', 'bound', 'failed', 'unknown']), tid: orNull(text), at: text })),
    category: saidOf(CATEGORIES),
    ...{ quantity: text, quantityUnit: text, features: text },
    details: Type.Array(shape({ field: text, name: words, value: text, words })),
    valueStatus: oneOf(['KNOWN', 'UNKNOWN', 'NOT_NEEDED']),
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
    }),
    ...{ heldBefore: presence, witness: presence, seal: orNull(seal), cannotSeal: orNull(text) },
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
    weighed: flag,
    storage: Type.Array(oneOf(STORAGE_CLASSES)),
    photos: Type.Array(shape({ photo: text, at: text, by: text })),
    deadlines: Type.Array(shape({ rule: text, dueAt: text, basis: text, state: oneOf(['running', 'late', 'met']) })),
    documents: shape({ list: orNull(text), loan: orNull(text), notice: text }),
    ...{ label: orNull(label), cardStale: flag },
    corrections: Type.Array(
      shape({
        ...{ field: saidOf(correctedWords), was: orNull(textOrNumber), is: orNull(textOrNumber) },
        ...{ reason: orNull(text), by: holder, with: Type.Array(holder), at: text },
      }),
    ),
    proceeds: orNull(shape({ disposal: text, amount_fen: count, voucher: text, account: text })),
    soldFor: orNull(kin),
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
    complaint: orNull(shape({ ground: saidOf(complaintWords), note: orNull(text), by: holder, acceptedAt: text })),
    upheld: orNull(shape({ ground: saidOf(complaintWords), conclusion: orNull(text), by: holder, at: text })),
    complaintAct: orNull(oneOf(['complain', 'decide-complaint'])),
    incident: orNull(
      shape({
        ...{ kind: saidOf(incidentWords), opener: holder, openedAt: text },
        ...{ note: orNull(text), points: Type.Array(point) },
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
        said: Type.Optional(Type.Record(text, orNull(text))),
      }),
    ),
    holders: Type.Array(shape({ who: text, name: text, from: text, to: orNull(text) })),
    intact: flag,
    faults: Type.Array(shape({ register: text, seq: orNull(count), what: words })),
  }),
)

const caseMembers = {
  ...{ number: text, title: orNull(text), track: saidOf(trackWords), unit: text, openedAt: text },
  ...{ status: oneOf(['OPEN', 'CLOSED']), officers: Type.Array(holder) },
  balance: shape({
    ...{
      taken: count,
      withDepartment: count,
      pending: count,
      inStore: count,
      borrowed: count,
      transferred: count,
      out: count,
    },
    balances: flag,
  }),
  ...{ overdue: count, frozen: count },
}
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
      ...{ nth: count, by: holder, with: Type.Array(holder), at: text },
    }),
  ),
}
const disposal = answering<ShownDisposal>()(shape(disposalMembers))
export const disposalPage = answering<DisposalPage>()(
  shape({ ...disposalMembers, yours: texts, toDeliver: texts, toStrike: texts }),
)

const caseSummary = answering<CaseSummary>()(shape(caseMembers))
const accountMembers = {
  ...caseMembers,
  items: Type.Array(itemSummary),
  blocks: Type.Array(shape({ item: text, name: text, what: words, turn: words, holder, dueAt: orNull(text) })),
  exceptions: Type.Array(
    shape({
      ...{ item: text, name: text, ground: saidOf(keptOpenWords), document: text, approver: holder, at: text },
    }),
  ),
  ledger: shape({
    accounts: Type.Array(
      shape({
        ...{ account: oneOf(Object.keys(accountWords)), words },
        ...{ pieces: count, fen: count, mg: count, agrees: flag },
      }),
    ),
    balances: flag,
  }),
  closed: orNull(shape({ at: text, by: holder })),
  disposals: Type.Array(disposal),
  pending: Type.Array(
    shape({
      deed: Type.Unsafe<DeedData>(Type.Object({ command: text }, { additionalProperties: true })),
      ...{ id: text, requester: holder, askedAt: text, expiresAt: text },
    }),
  ),
}
export const caseAccount = answering<CaseAccount>()(shape(accountMembers))
export const openedCase = answering<CaseAccount & Pick<Answer, 'facts'>>()(shape({ ...accountMembers, facts }))

const listMembers = { code: text, cases: texts, unit: text, store: text, submittedBy: holder, submittedAt: text }
const listSummary = answering<ListSummary>()(
  shape({ ...listMembers, items: count, accepted: count, refused: count, pending: count }),
)
const conflict = answering<ShownConflict>()(
  shape({
    ...{ id: text, store: text, station: text, list: text, item: text, location: text, code: text, words },
    ...{ weight_mg: orNull(weight_mg), custodian: orNull(holder), happenedAt: text, maySettle: flag },
    settled: orNull(shape({ by: holder, at: text, reason: text })),
  }),
)
const alarm = answering<ShownAlarm>()(
  shape({
    ...{
      id: text,
      store: holder,
      station: text,
      door: text,
      item: text,
      name: text,
      side: oneOf(['inner', 'outer']),
      at: text,
    },
    passed: orNull(shape({ outcome: oneOf(['out', 'in', 'turned']), sure: flag, at: text })),
    mayAcknowledge: flag,
    acknowledged: orNull(shape({ by: holder, at: text, reason: orNull(text) })),
  }),
)
export const shownList = answering<ShownList>()(
  shape({
    ...{ ...listMembers, pending: count, slip: labelInShort },
    lines: Type.Array(shape({ ...summaryMembers, outcome: oneOf(['pending', 'checked-in', 'refused']) })),
    conflicts: Type.Array(conflict),
  }),
)

const incident = answering<ShownIncident>()(
  shape({
    ...{ id: text, item: text, name: text, case: text, unit: text, store: orNull(text), photo: orNull(text) },
    ...{ custody: saidOf(custodyWords), kind: saidOf(incidentWords), opener: holder, openedAt: text },
    signers: Type.Array(holder),
    loan: orNull(shape({ borrower: holder, custodian: holder, dueAt: text })),
    ...{ note: orNull(text), points: Type.Array(point), foundWeight_mg: orNull(weight_mg) },
    told: Type.Array(shape({ unit: holder, person: orNull(holder) })),
    conclusion: orNull(shape({ words: orNull(text), by: holder, at: text, takenAsFound: flag })),
    yours: flag,
  }),
)
const boxMembers = {
  ...{ code: text, store: text, name: text, capacity: count, holds: count },
  location: shape({ code: text, name: text }),
  seal: orNull(shape({ number: text, sealedAt: text })),
}
const gap = answering<IntakeGap>()(
  shape({
    ...{ code: text, name: text, case: text, unit: holder, takenAt: text, registeredAt: text },
    ...{ storedAt: orNull(text), days: count },
  }),
)
const container = answering<ShownContainer>()(shape(boxMembers))
export const openedContainer = answering<OpenedContainer>()(shape({ ...boxMembers, items: Type.Array(itemSummary) }))

const location = answering<ShownLocation>()(
  shape({
    ...{ code: text, store: text, name: text, storageClass: oneOf(STORAGE_CLASSES) },
    ...{ capacity: count, occupied: count, frozen: count, containers: count },
  }),
)
const loan = answering<ShownLoan>()(
  shape({
    ...{ loan: text, unit: text, store: text, borrower: holder, purpose, lentAt: text, dueAt: text },
    ...{ overdue: flag, outstanding: texts },
  }),
)
const notice = answering<ShownNotice>()(
  shape({ id: text, unit: text, about: oneOf(['incident']), items: texts, store: orNull(text), at: text }),
)

const paperKind = shape({ value: oneOf(PAPER_KINDS), words })
const paper = answering<ShownPaper>()(
  shape({
    ...{ paper: text, kind: paperKind, form: text, number: text, layout: count, of: text, part: orNull(text) },
    ...{ items: texts, check: text, sha256: text, pages: count, copies: texts },
    ...{ issuedAt: text, issuedBy: holder, replacedBy: orNull(text) },
  }),
)
export const checkedPaper = answering<CheckedPaper>()(shape({ paper, archived: flag }))
export const paperOffers = answering<{ readonly offers: readonly PaperOffer[] }>()(
  shape({
    offers: Type.Array(
      shape({
        ...{ kind: paperKind, form: text, of: text, part: orNull(text), what: text },
        ...{ standing: orNull(text), yours: flag },
      }),
    ),
  }),
)

export const pages = {
  papers: pageWith('papers', paper),
  labels: pageWith('labels', issuedLabel),
  cases: pageWith('cases', caseSummary),
  lists: pageWith('lists', listSummary),
  alarms: pageWith('alarms', alarm),
  conflicts: pageWith('conflicts', conflict),
  locations: pageWith('locations', location),
  items: pageWith('items', itemSummary),
  containers: pageWith('containers', container),
  gaps: pageWith('gaps', gap),
  loans: pageWith('loans', loan),
  incidents: pageWith('incidents', incident),
  notices: pageWith('notices', notice),
}

export const found = answering<Found>()(
  shape({ items: Type.Array(itemSummary), cases: Type.Array(caseSummary), places: Type.Array(location) }),
)

const askedField = shape({
  ...{ field: text, name: words, kind: text, longest: count, required: flag, unless: orNull(text) },
  when: orNull(shape({ field: text, is: texts })),
  choices: Type.Array(shape({ value: text, words })),
})
export const options = answering<CustodyOptions>()(
  shape({
    categories: Type.Array(
      shape({
        ...{ value: oneOf(CATEGORIES), words, required: Type.Array(oneOf(['features', 'weight_mg'])) },
        ...{ sealed: flag, book, asks: Type.Array(askedField) },
      }),
    ),
    tracks: Type.Array(shape({ ...saidOf(trackWords).properties, measures: Type.Array(saidOf(measureWords)) })),
    purposes: Type.Array(purpose),
    disposals: Type.Array(
      shape({
        ...{ ...saidOf(DISPOSAL_TYPES).properties, tracks: Type.Array(oneOf(Object.keys(trackWords))) },
        ...{ destinations: Type.Array(saidOf(destinationWords)), crime: flag, reviewed: flag },
      }),
    ),
    releaseGrounds: Type.Array(saidOf(releaseWords)),
    ...{ saleGrounds: Type.Array(saidOf(saleGroundWords)), saleMethods: Type.Array(saidOf(saleMethodWords)) },
    relations: Type.Array(saidOf(relationWords)),
    attachments: Type.Array(saidOf(attachmentWords)),
    complaints: Type.Array(saidOf(complaintWords)),
    keptOpen: Type.Array(saidOf(keptOpenWords)),
    limits: shape({
      ...{ officersPerMeasure: count, sealSigners: count, photosPerItem: count, itemsPerAct: count },
      ...{ quantityMax: count, quantityDecimals: count, weightMax_mg: weight_mg, loanDaysMax: count },
      importBytesMax: count,
    }),
  }),
)

export const writtenTag = answering<WrittenTag>()(
  shape({
    outcome: oneOf(['bound', 'failed', 'unable', 'unknown']),
    words,
    tag: orNull(shape({ epc: text, tid: orNull(text) })),
  }),
)
