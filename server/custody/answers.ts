import { Type } from 'typebox'
import { answering, pageWith } from '../schemas.ts'
import { shape } from './answer-shapes.ts'
import { caseSummary } from './cases/answers.ts'
import { conflict, listSummary } from './intake/answers.ts'
import { itemSummary } from './items/answers.ts'
import { alarm, container, gap, incident, labelledPlace, loan, location, notice } from './keeping/answers.ts'
import { paper } from './papers/answers.ts'
import { issuedLabel, issuedStrip } from './papers/label-answers.ts'
import type { Found } from './protocol.ts'

/** What custody answers over HTTP, in one place for its routes. */

export const pages = {
  papers: pageWith('papers', paper),
  labels: pageWith('labels', issuedLabel),
  strips: pageWith('strips', issuedStrip),
  cases: pageWith('cases', caseSummary),
  lists: pageWith('lists', listSummary),
  alarms: pageWith('alarms', alarm),
  conflicts: pageWith('conflicts', conflict),
  locations: pageWith('locations', location),
  places: pageWith('places', labelledPlace),
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

export { caseAccount, openedCase } from './cases/answers.ts'
export { disposalPage } from './disposal/answers.ts'
export { shownList } from './intake/answers.ts'
export { itemCard, itemChain } from './items/answers.ts'
export { openedContainer } from './keeping/answers.ts'
export { options } from './options/answer.ts'
export { checkedPaper, officePrinters, paperOffers, writtenTag } from './papers/answers.ts'
export { shownLabel } from './papers/label-answers.ts'
