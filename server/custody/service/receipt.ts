import type { Form } from '../../../labels/documents/form.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { sharesOf } from '../papers/holders.ts'
import { localMinute, organOf, signatureOf, staffNames } from '../papers/paper-words.ts'
import { type Paper, PAPERS } from '../papers/papers.ts'
import { readItems } from '../reads.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { servicesOf } from './shown.ts'
import { SERVICE_FIELDS, SERVICE_WAYS, serviceFields, serviceWays } from './ways.ts'

/** Rows in which somebody writes by hand. */
const WRITING_MM = 11

/**
 * 送达回证 of a paper (rules T-20): blank, to be taken along and signed; or filled in from its record of service.
 * @param nth which record, counted from one; null for a blank one
 * @throws Refusal `request.not-found` for a record that there is not
 */
export async function receiptOf(db: Reader, paper: Paper, nth: number | null): Promise<Form> {
  const service = nth === null ? undefined : paper.services?.[nth - 1]
  if (nth !== null && service === undefined) throw new Refusal('request.not-found', { what: `${paper.number} ${nth}` })
  const named = await namesOf(db, service === undefined ? [] : [`person/${service.by}`])
  const shown = (await servicesOf(db, [paper], named))(paper)[(nth ?? 0) - 1]
  const told = new Map<string, string>(shown?.told.map(({ field, text }) => [field.value, onPaper(text)]))
  const [share, ...others] = await sharesOf(db, '', await readItems(db, paper.items))
  // A paper about the things of several says to none of them who the others are.
  const party = share === undefined || others.length > 0 ? null : (await signatureOf(db, share.items[0].holder)).name
  const numbers = await numbersNow(db, paper.cases)
  const [server = null] = service === undefined ? [] : await staffNames(db, [service.by])
  const isPublished = shown !== undefined && shown.countsFrom !== shown.servedAt
  const rows = [
    ['送达文书', `${PAPERS[paper.kind].title.zh} ${paper.number}`],
    ['受送达人', party ?? ''],
    [
      '送达方式',
      shown === undefined ? SERVICE_WAYS.map((way) => `□ ${serviceWays[way].name.zh}`).join('　') : shown.way.words.zh,
    ],
    ['送达时间', shown === undefined ? '' : localMinute(shown.servedAt)],
    ...(isPublished ? [['视为送达', localMinute(shown.countsFrom)]] : []),
    ...SERVICE_FIELDS.map((field) => [serviceFields[field].zh, told.get(field) ?? '']),
    ...(shown === undefined ? [] : [['依据', serviceWays[shown.way.value].basis]]),
    ...(shown === undefined || shown.scan === null ? [] : [['签收原件', `照片 ${shown.scan.slice(0, 16)}`]]),
  ]
  return sheet({
    ...{ kind: 'service-receipt', organisation: await organOf(db, paper.unit), code: null },
    copy: { number: 1, of: 1, recipient: '附卷' },
    facts: [
      { name: '案号', value: paper.cases.map((one) => numbers.of(one)).join('、') },
      { name: '文号', value: paper.number },
    ],
    // What nobody said has no row once it is filled in.
    rows: shown === undefined ? rows : rows.filter(([, text]) => text !== ''),
    ...(shown === undefined ? { writing_mm: WRITING_MM } : {}),
    statement: '受送达人或者代收人拒绝签收的，由送达人注明事由，见证人签名，文书留置送达。',
    signatures: [
      { role: '受送达人（代收人）', name: told.get('receiver') ?? null, absence: null },
      { role: '见证人', name: told.get('witness') ?? null, absence: null },
      { role: '送达人', name: server, absence: null },
      { role: '送达人', name: null, absence: null },
    ],
  })
}
