import { sql } from 'kysely'
import { titleOf } from '../../clock/naming.ts'
import { clocksOver } from '../../clock/reads.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader, Sealed } from '../../module.ts'
import { calledBy, namesOf, textOf } from '../../names.ts'
import { custodyWords, dispositionWords, incidentWords, measureWords, purposeWords, sealWords } from '../axes.ts'
import { quantityWords } from '../cash/cash.ts'
import { readableCounts, shownCash } from '../cash/shown.ts'
import { categories } from '../categories.ts'
import { correctedWords, isStale } from '../correcting/corrections.ts'
import type { Presence } from '../custody.ts'
import { shownComplaints } from '../disposal/complaints-shown.ts'
import { keptOpenShown } from '../disposal/kept-open-shown.ts'
import { shownDetails } from './details-shown.ts'
import { mergeableWith, shownLineage } from '../lineage/lineage-shown.ts'
import { isOverdue, type Item, presentHolder } from '../items/item.ts'
import { sayLabelFault } from '../papers/label-faults.ts'
import { type Label, labelWords } from '../papers/labels.ts'
import { storageFor } from '../keeping/locations.ts'
import { said } from '../names.ts'
import type { ItemCard, ItemSummary, ShownDeadline, ShownLabel, ShownPresence } from '../protocol.ts'
import { viewWords } from '../pictures/pictures.ts'
import { openIncidentOf, photosOfIncident } from '../incidents/photos.ts'
import { reviewOf } from '../retention/retention.ts'
import { filmingOf } from '../videos/filming.ts'
import { showsTaking } from '../videos/videos.ts'
import { loadBags } from '../seals/seal-store.ts'
import { lastLabels } from '../papers/label-store.ts'
import { casesBefore } from '../case-lineage/shown.ts'
import { openPointsOf } from '../items/open-points.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** The card of an item, with the names behind its ids and the content behind its seals. */
export async function itemCard(
  db: Reader,
  item: Item,
  {
    acts,
    regroupActs,
    transitAct,
    appraisalAct,
    complaintAct,
    mayServeDecision,
    mayDeposit,
    decidable,
    mayNoteVideo,
    retentionAct,
    mayStateRelevance,
    mayOpenAccountNumber,
    dividable_fen,
  }: Pick<
    ItemCard,
    | 'acts'
    | 'regroupActs'
    | 'transitAct'
    | 'appraisalAct'
    | 'complaintAct'
    | 'mayServeDecision'
    | 'mayDeposit'
    | 'decidable'
    | 'mayNoteVideo'
    | 'retentionAct'
    | 'mayStateRelevance'
    | 'mayOpenAccountNumber'
    | 'dividable_fen'
  >,
  now: string,
): Promise<ItemCard> {
  const { reservation, loan, incident, appraisal, complaint, upheld, succeeded, transit, corrections = [] } = item
  const label = (await lastLabels(db, [item.code])).get(item.code)
  const refs = [...sealedOf(item), ...(label?.reason ? [label.reason] : [])]
  const contents = await readPersonal(db, [...refs.map(({ ref }) => ref), ...readableCounts(item)])
  const named = await namesOf(db, [
    presentHolder(item),
    ...(item.store === null ? [] : [`store/${item.store}`]),
    ...(transit === undefined ? [] : [`store/${transit.from}`, `store/${transit.to}`, `person/${transit.carrier}`]),
    ...(reservation === null ? [] : [`person/${reservation.requester}`, `person/${reservation.approver}`]),
    ...(loan === null ? [] : [`person/${loan.borrower}`]),
    ...(item.deposit === undefined ? [] : [`person/${item.deposit.finance}`]),
    ...[...(item.videos ?? []), ...saidOfKeeping(item.retention)].map(({ by }) => `person/${by}`),
    ...[
      ...[incident?.opener, complaint?.by, upheld?.by, item.reviewedAbove?.by, item.decisionToServe?.by],
      appraisal?.custodian,
      succeeded?.by,
    ].flatMap((person) => (person === undefined ? [] : [`person/${person}`])),
    ...[...(appraisal?.officers ?? []), ...(succeeded?.with ?? [])].map((person) => `person/${person}`),
    ...(item.cash?.rounds ?? []).flatMap(({ counts }) => counts.map(({ by }) => `person/${by}`)),
    ...corrections.flatMap(({ by, with: signers }) => [by, ...signers].map((person) => `person/${person}`)),
  ])
  const location =
    item.location === null
      ? undefined
      : await db.selectFrom('locations').select(['id', 'name']).where('id', '=', item.location).executeTakeFirst()
  const container =
    item.container === undefined
      ? undefined
      : await db.selectFrom('containers').select(['id', 'name']).where('id', '=', item.container).executeTakeFirst()
  const numbers = await numbersNow(db, [item.case])
  const clocks = await clocksOver(db, `item/${item.code}`, now, succeeded?.at)
  const siblings = await sql<{ of: number }>`select count(*) as of from items where case_number = ${item.case}`.execute(
    db,
  )
  const presence = ({ attendance, person, reason, identity }: Presence): ShownPresence => ({
    ...{ attendance, isAlias: identity !== undefined },
    name: person === null ? null : calledBy(contents.get(person.ref)),
    reason: reason === null ? null : calledBy(contents.get(reason.ref)),
  })
  return {
    ...{
      code: item.code,
      epc: item.epc,
      case: numbers.of(item.case),
      ordinal: item.ordinal,
      unit: item.unit,
      name: item.name,
    },
    tag: item.tag ?? null,
    of: siblings.rows[0]?.of ?? 0,
    category: { value: item.category, words: categories[item.category].name },
    ...{
      quantity: item.quantity,
      quantityUnit: item.quantityUnit,
      quantityWords: quantityWords(item),
      features: item.features === null ? '' : (textOf(contents.get(item.features.ref)) ?? ''),
      valueStatus: item.valueStatus,
    },
    relevance: item.relevance === undefined ? null : textOf(contents.get(item.relevance.ref)),
    ...{ mayStateRelevance, mayOpenAccountNumber },
    source: item.source ?? null,
    details: shownDetails(item, item.details === undefined ? undefined : contents.get(item.details.ref)),
    measureStatus: said(item.measureStatus, measureWords),
    custodyStatus: said(item.custodyStatus, custodyWords),
    sealStatus: said(item.sealStatus, sealWords),
    dispositionStatus: said(item.dispositionStatus, dispositionWords),
    overdue: isOverdue(item, now),
    frozen: incident !== null,
    cash: shownCash(item, contents, named),
    holder: named(presentHolder(item)),
    store: item.store === null ? null : { id: item.store, name: named(`store/${item.store}`).name },
    location: location === undefined ? null : { code: location.id, name: location.name },
    container: container === undefined ? null : { code: container.id, name: container.name },
    measure: { ...item.measure, place: textOf(contents.get(item.measure.place.ref)) },
    heldBefore: presence(item.holder),
    witness: presence(item.witness),
    keptOpen: await keptOpenShown(db, item),
    ...(await openPointsOf(db, item, now)),
    cannotSeal: item.cannotSeal === null ? null : textOf(contents.get(item.cannotSeal.ref)),
    ...{ seal: item.seal, weights: item.weights, tare: item.tare ?? null },
    photos: item.photos
      .filter(({ incident }) => incident === undefined)
      .map(({ photo, at, by, view }) => ({ photo, at, by, view: view === undefined ? null : said(view, viewWords) })),
    filming: filmingOf(item),
    recordingLater: item.recordingLater ?? null,
    ...{ signed: item.signatures?.length ?? 0, mayNoteVideo },
    hadIncident: item.incident !== null || item.concluded.length > 0,
    videos: (item.videos ?? []).map((video) => ({
      ...video,
      by: named(`person/${video.by}`),
      showsTaking: showsTaking(video, item.measure.takenAt),
    })),
    retention: {
      reviewOn: reviewOf(item, clocks),
      said: saidOfKeeping(item.retention).map(({ words, by, ...one }) => ({
        ...{ ...one, by: named(`person/${by}`), text: textOf(contents.get(words.ref)) },
      })),
    },
    retentionAct,
    weighed: categories[item.category].weighed.required,
    storage: storageFor(item),
    deadlines: deadlinesOf(item, clocks, now),
    documents: { list: item.list, loan: loan?.loan ?? null, notice: item.measure.noticeNumber },
    label: label === undefined ? null : shownLabel(label, textOf(contents.get(label.reason?.ref ?? ''))),
    cardStale: isStale(item, label, numbers.since(item.case)),
    casesBefore: await casesBefore(db, item),
    ...(await shownLineage(db, item, (ref) => textOf(contents.get(ref)), named)),
    transit:
      transit === undefined
        ? null
        : {
            ...{ from: named(`store/${transit.from}`), to: named(`store/${transit.to}`) },
            ...{ carrier: named(`person/${transit.carrier}`), document: transit.document },
            ...{ sentAt: transit.sentAt, dueAt: transit.dueAt, overdue: transit.dueAt < now },
          },
    transitAct,
    deposit: item.deposit === undefined ? null : { ...item.deposit, finance: named(`person/${item.deposit.finance}`) },
    ...{ mayDeposit, decidable, dividable_fen },
    ...{ regroupActs, mergeable: regroupActs.includes('merge') ? await mergeableWith(db, item) : [] },
    ...{ acts, appraisalAct, complaintAct, mayServeDecision },
    sealedWith: (await loadBags(db, [item])).get(item.seal?.number ?? '')?.filter((code) => code !== item.code) ?? [],
    corrections: corrections.map(({ field, was, is, wasSaid, isSaid, reason, by, with: signers, at }) => ({
      ...{ field: said(field, correctedWords), at, by: named(`person/${by}`) },
      with: signers.map((person) => named(`person/${person}`)),
      was: wasSaid === null ? was : textOf(contents.get(wasSaid.ref)),
      is: isSaid === null ? is : textOf(contents.get(isSaid.ref)),
      reason: textOf(contents.get(reason.ref)),
    })),
    reservation:
      reservation === null
        ? null
        : {
            approval: reservation.approval,
            requester: named(`person/${reservation.requester}`),
            approver: named(`person/${reservation.approver}`),
            purpose: said(reservation.purpose, purposeWords),
            dueAt: reservation.dueAt,
            validUntil: reservation.validUntil,
          },
    loan:
      loan === null
        ? null
        : {
            loan: loan.loan,
            borrower: named(`person/${loan.borrower}`),
            purpose: said(loan.purpose, purposeWords),
            lentAt: loan.lentAt,
            dueAt: loan.dueAt,
          },
    appraisal:
      appraisal === undefined
        ? null
        : {
            ...{ institution: appraisal.institution, commission: appraisal.commission },
            ...{ sentAt: appraisal.sentAt, dueAt: appraisal.dueAt, overdue: appraisal.dueAt < now },
            custodian: named(`person/${appraisal.custodian}`),
            officers: appraisal.officers.map((person) => named(`person/${person}`)),
          },
    appraised: item.appraised ?? [],
    ...shownComplaints(item, named, contents),
    incident:
      incident === null
        ? null
        : {
            kind: said(incident.kind, incidentWords),
            opener: named(`person/${incident.opener}`),
            openedAt: incident.openedAt,
            note: incident.note === null ? null : textOf(contents.get(incident.note.ref)),
            points: incident.points,
            photos: photosOfIncident(item, openIncidentOf(item), incident),
          },
  }
}

function sealedOf({
  measure,
  features,
  details,
  cannotSeal,
  holder,
  witness,
  incident,
  complaint,
  upheld,
  succeeded,
  retention,
  relevance,
  corrections = [],
}: Item): Sealed[] {
  const people = [holder.person, holder.reason, witness.person, witness.reason]
  const righted = corrections.flatMap(({ wasSaid, isSaid, reason }) => [wasSaid, isSaid, reason])
  const words = [incident?.note ?? null, complaint?.note ?? null, upheld?.conclusion ?? null, succeeded?.reason ?? null]
  const kept = saidOfKeeping(retention).map(({ words }) => words)
  const all = [
    ...kept,
    measure.place,
    features,
    details ?? null,
    relevance ?? null,
    cannotSeal,
    ...people,
    ...words,
    ...righted,
  ]
  return all.filter((one) => one !== null)
}

/** What was asked and answered about keeping it, oldest first. */
function saidOfKeeping(retention: Item['retention']) {
  const { asked, answers } = retention ?? { answers: [] }
  return [
    ...answers.map(({ said: words, ...one }) => ({ ...one, words })),
    ...(asked === undefined
      ? []
      : [{ verdict: null, reviewOn: null, words: asked.question, by: asked.by, at: asked.at }]),
  ]
}

/** The clocks that run over the item, and its loan's due time; each says what it is for, since two days and two laws say it to nobody. */
function deadlinesOf(item: Item, clocks: readonly Omit<ShownDeadline, 'title'>[], now: string): ShownDeadline[] {
  return running(item, clocks, now).map((one) => ({ ...one, title: titleOf(one.rule) }))
}

function running({ loan }: Item, clocks: readonly Omit<ShownDeadline, 'title'>[], now: string) {
  if (loan === null) return clocks
  const { dueAt } = loan
  const basis = '公安机关涉案财物管理若干规定 11'
  return [...clocks, { rule: 'DL-18', dueAt, basis, state: now <= dueAt ? ('running' as const) : ('late' as const) }]
}

/** @param reason unsealed, when there is one and the asker may read it */
export function shownLabel(label: Label, reason: string | null): ShownLabel {
  const { id, code, issue, payload, template, station, state, scannedBack, wantedAt } = label
  return {
    ...{ job: id, code, issue, payload, template, station, state, scannedBack, wantedAt, reason },
    words: labelWords[state],
    fault: label.fault === null ? null : sayLabelFault(label.fault),
    void: label.void,
  }
}

/** Lines for lists of items, in the order given. */
export async function summariesOf(db: Reader, its: readonly Item[], now: string): Promise<ItemSummary[]> {
  const labels = await lastLabels(
    db,
    its.map(({ code }) => code),
  )
  const numbers = await numbersNow(
    db,
    its.map((item) => item.case),
  )
  return its.map((item) => ({
    ...{
      code: item.code,
      case: numbers.of(item.case),
      ordinal: item.ordinal,
      name: item.name,
      category: item.category,
    },
    book: categories[item.category].book,
    ...{ quantity: item.quantity, quantityUnit: item.quantityUnit, quantityWords: quantityWords(item) },
    ...{ store: item.store, location: item.location, container: item.container ?? null },
    custody: said(item.custodyStatus, custodyWords),
    disposition: said(item.dispositionStatus, dispositionWords),
    disputed: item.complaint !== undefined,
    frozen: item.incident !== null,
    overdue: isOverdue(item, now),
    holder: presentHolder(item),
    photo: item.photos[0]?.photo ?? null,
    ofSale: item.proceeds !== undefined,
    label: labelOf(labels.get(item.code)),
    cardStale: isStale(item, labels.get(item.code), numbers.since(item.case)),
  }))
}

/** What became of a label, for a line of a list. */
export function labelOf(label: Label | undefined): ItemSummary['label'] {
  if (label === undefined) return null
  const { id, issue, state, scannedBack, fault } = label
  return { job: id, issue, state, scannedBack, fault: fault === null ? null : sayLabelFault(fault) }
}
