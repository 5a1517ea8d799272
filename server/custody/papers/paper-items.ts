import { sheet } from '../../../labels/documents/sheets.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { custodyWords, incidentWords } from '../axes.ts'
import { categories } from '../categories.ts'
import { fields } from '../intake/category-fields.ts'
import { quantityWords } from '../cash/cash.ts'
import { currencies, type CurrencyCode } from '../cash/currencies.ts'
import { fieldsOf, sayDetail } from '../intake/details.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import type { Item } from '../items/item.ts'
import type { PaperContent } from './paper-contents.ts'
import { factsOf } from './paper-entries.ts'
import { detailsOf, featuresOf, localMinute, organOf, signatureOf, staffNames, unsealed } from './paper-words.ts'
import { pointRows } from './point-words.ts'
import { readCase, readItem } from '../reads.ts'
import { caseTitle } from './under-cases.ts'
import { photosOfIncident, type SeenAndRecorded } from '../incidents/photos.ts'
import { gramsOf } from '../weighing/weights.ts'
import { videosOnPaper } from '../videos/on-paper.ts'

const headOf = (item: Item) => [
  { name: '案号', value: item.case },
  { name: '物品', value: `${item.code} ${item.name}` },
]

/** What the smaller unit of a currency comes to, as people write it. */
function sumOf(currency: CurrencyCode, amount_minor: number): string {
  const { minorDigits } = currencies[currency]
  return (amount_minor / 10 ** minorDigits).toFixed(minorDigits)
}

/** F-02m: what two people, neither knowing what the other had found, agreed is in the bag. */
export async function cashAnnex(db: Reader, code: string): Promise<PaperContent | null> {
  const item = await readItem(db, code)
  if (item === null) return null
  if (item.category === 'cards-securities') return securityAnnex(db, item)
  const facts = await factsOf(db, [code], ['custody.cash-agreed'])
  const last = facts.at(-1)
  if (last === undefined) throw new Refusal('custody.nothing-for-paper')
  const { currency, amount_minor, pieces, counters } = last.body
  const counted = await staffNames(db, counters)
  const sealed = item.seal === null ? [] : await staffNames(db, item.seal.signers)
  const organisation = await organOf(db, item.unit)
  const name = currencies[currency].name.zh
  const features = featuresOf(item, await unsealed(db, [item]))
  const rows = pieces.map(({ face_minor, pieces: of }, index) => [
    ...[String(index + 1), name, sumOf(currency, face_minor), String(of), sumOf(currency, face_minor * of)],
  ])
  return {
    items: [item.code],
    form: (copy) =>
      sheet({
        ...{ kind: 'cash-annex', organisation, code: null, copy },
        facts: [
          ...headOf(item),
          { name: '清点时间', value: localMinute(last.at) },
          { name: '合计', value: `${name} ${sumOf(currency, amount_minor)}` },
          { name: '特征、编号', value: features },
          { name: '封条号', value: item.seal?.number ?? '' },
          { name: '密封时间', value: item.seal === null ? '' : localMinute(item.seal.sealedAt) },
        ],
        // An empty bag is a count too.
        rows: rows.length > 0 ? rows : [['1', name, '', '0', sumOf(currency, 0)]],
        statement: '以上现金由两名清点人互不知情各清点一次，结果一致。',
        signatures: [
          ...counted.map((person) => ({ role: '清点人', name: person, absence: null })),
          ...sealed.map((person) => ({ role: '封签人', name: person, absence: null })),
        ],
      }),
  }
}

/** F-02m of a passbook, card or security (监察法实施条例(2021) 128): what it is, by whom, its number and what it is worth. */
async function securityAnnex(db: Reader, item: Item): Promise<PaperContent> {
  const { issuer = '', account = '', faceValue = '', expiresOn = '' } = (await detailsOf(db, [item]))(item.code)
  const said = await unsealed(db, [item])
  const organisation = await organOf(db, item.unit)
  const holder = await signatureOf(db, item.holder)
  const sealed = item.seal === null ? [] : await staffNames(db, item.seal.signers)
  return {
    items: [item.code],
    form: (copy) =>
      sheet({
        ...{ kind: 'security-annex', organisation, code: null, copy },
        facts: [
          ...headOf(item),
          { name: '登记时间', value: localMinute(item.measure.takenAt) },
          { name: '特征', value: onPaper(said(item.features)) },
          { name: '封条号', value: item.seal?.number ?? '' },
          { name: '密封时间', value: item.seal === null ? '' : localMinute(item.seal.sealedAt) },
        ],
        rows: [
          [
            ...['1', item.name, onPaper(issuer), onPaper(account), onPaper(faceValue)],
            ...[item.quantity, item.quantityUnit, expiresOn],
          ],
        ],
        statement: '以上存折、银行卡、有价证券已当场核对、登记并密封。',
        signatures: [
          { role: '持有人', ...holder },
          ...sealed.map((person) => ({ role: '封签人', name: person, absence: null })),
        ],
      }),
  }
}

/** What the form has a line for whether it was registered or not (监察法实施条例(2021) 128): the rest is written in by hand. */
const OF_MEDIA = ['content', 'recordedOf', 'recordedAt', 'recordedPlace', 'model', 'length', 'fileFormat'] as const

/** F-02d: what digital media and recordings are, with their hashes. */
export async function mediaAnnex(db: Reader, code: string): Promise<PaperContent | null> {
  const item = await readItem(db, code)
  if (item === null) return null
  if (item.category !== 'digital-media') throw new Refusal('custody.nothing-for-paper')
  const details = (await detailsOf(db, [item]))(code)
  const organisation = await organOf(db, item.unit)
  const officers = await staffNames(db, item.measure.officers)
  const of = await readCase(db, item.case)
  const matter = of === null ? '' : await caseTitle(db, of)
  const holder = await signatureOf(db, item.holder)
  const witness = await signatureOf(db, item.witness)
  const said = [...new Set([...fieldsOf(details), ...OF_MEDIA])].map((field) => [
    fields[field].name.zh,
    onPaper(sayDetail(field, details[field] ?? '').zh),
  ])
  return {
    items: [item.code],
    form: (copy) =>
      sheet({
        ...{ kind: 'media-annex', organisation, code: null, copy },
        facts: [
          ...headOf(item),
          { name: '类别', value: categories[item.category].name.zh },
          { name: '登记时间', value: localMinute(item.measure.takenAt) },
        ],
        rows: [['案由', matter], ['数量', quantityWords(item).zh], ...said].map((row, index) => [
          String(index + 1),
          ...row,
        ]),
        statement: '以上电子数据、视听资料已当场登记，校验值由登记人员计算。',
        signatures: [
          { role: '持有人', ...holder },
          { role: '见证人', ...witness },
          ...officers.map((name) => ({ role: '调查人员', name, absence: null })),
        ],
      }),
  }
}

/** F-16: what is wrong with an item, who found it, and who was told; what it came to, once it is concluded. */
export async function incidentPaper(db: Reader, code: string, part: string): Promise<PaperContent | null> {
  const item = await readItem(db, code)
  if (item === null) return null
  const all = [...item.concluded, ...(item.incident === null ? [] : [item.incident])]
  const incident = all[Number(part) - 1]
  if (incident === undefined) throw new Refusal('custody.nothing-for-paper')
  const end = item.concluded[Number(part) - 1]
  const contents = await readPersonal(
    db,
    [incident.note, end?.conclusion].flatMap((sealed) => sealed?.ref ?? []),
  )
  const said = (sealed: { readonly ref: string } | null | undefined): string =>
    onPaper(textOf(contents.get(sealed?.ref ?? '')) ?? '')
  const told = await db
    .selectFrom('notices')
    .select('state')
    .where('at', '=', incident.openedAt)
    .orderBy('id')
    .execute()
  const heads = told.map(({ state }) => state).filter(({ items }) => items.includes(code))
  const named = await namesOf(
    db,
    heads.flatMap(({ unit, person }) => [`unit/${unit}`, ...(person === null ? [] : [`person/${person}`])]),
  )
  const organisation = await organOf(db, item.unit)
  const [opener = '', ...signers] = await staffNames(db, [incident.opener, ...incident.signers])
  const [concluder = null] = end === undefined ? [] : await staffNames(db, [end.concludedBy])
  const points = pointRows(incident.points)
  // Where nothing was compared point by point: what ought to be there, and what was found instead.
  const weight_mg = item.weights.at(-1)?.weight_mg ?? null
  const found = [
    incidentWords[incident.kind].zh,
    [
      quantityWords(item).zh,
      ...(weight_mg === null ? [] : [`重 ${gramsOf(weight_mg)} 克`]),
      ...(item.seal === null ? [] : [`封条 ${item.seal.number}`]),
    ].join('；'),
    [said(incident.note), ...(incident.foundWeight_mg === null ? [] : [`重 ${gramsOf(incident.foundWeight_mg)} 克`])]
      .filter((part) => part !== '')
      .join('；'),
    end === undefined ? '待核查处理' : said(end.conclusion),
  ]
  return {
    items: [item.code],
    form: (copy) =>
      sheet({
        ...{ kind: 'incident', organisation, code: null, copy },
        facts: [
          ...headOf(item),
          { name: '情形', value: incidentWords[incident.kind].zh },
          { name: '发现时间', value: localMinute(incident.openedAt) },
          { name: '物品状态', value: custodyWords[item.custodyStatus].zh },
          {
            name: '已告知',
            value: heads
              .map(({ unit, person }) =>
                [named(`unit/${unit}`).name, ...(person === null ? [] : [named(`person/${person}`).name])].join(' '),
              )
              .join('、'),
          },
          { name: '情况说明', value: said(incident.note) },
          { name: '同步录像', value: videosOnPaper([item], 'incident').join('；') },
          { name: '照片', value: photoWords(photosOfIncident(item, Number(part), incident)) },
          { name: '处理结论', value: said(end?.conclusion) },
          { name: '处理时间', value: end === undefined ? '' : localMinute(end.concludedAt) },
        ],
        rows: points.length > 0 ? points : [found],
        statement: '异常情况已如实登记，并告知承办部门和保管部门负责人。',
        signatures: [
          ...[opener, ...signers].map((name) => ({ role: '登记人', name, absence: null })),
          { role: '承办部门负责人', name: null, absence: null },
          { role: '保管部门负责人', name: null, absence: null },
          ...(end === undefined ? [] : [{ role: '处理审批人', name: concluder, absence: null }]),
        ],
      }),
  }
}

/** How many photos stand against each other, and by which marks those of what was found are called; empty where nothing was photographed. */
function photoWords({ recorded, seen }: SeenAndRecorded): string {
  const marks = seen.map((photo) => photo.slice(0, PHOTO_MARK)).join('、')
  return seen.length === 0 ? '' : `登记、保管时 ${recorded.length} 张，发现时 ${seen.length} 张（${marks}）`
}

/** Digits of a content hash that tell one photo from another on paper. */
const PHOTO_MARK = 8

/** F-17: which seal was opened or put on, by whom and why. `part` is the fact's number in the life of the item. */
export async function sealingPaper(db: Reader, code: string, part: string): Promise<PaperContent | null> {
  const item = await readItem(db, code)
  if (item === null) return null
  const facts = await factsOf(db, [code], ['custody.unsealed', 'custody.sealed'])
  const fact = facts.find(({ body }) => body.n === Number(part))
  if (fact === undefined) throw new Refusal('custody.nothing-for-paper')
  const opened = fact.type === 'custody.unsealed'
  const reason = fact.type === 'custody.unsealed' ? fact.body.reason : null
  const why = reason === null ? '' : (textOf((await readPersonal(db, [reason.ref])).get(reason.ref)) ?? '')
  const nth = facts.indexOf(fact)
  // Opening and closing again are two acts; each paper says both seals, as far as there are both.
  const next = facts.slice(nth + 1).find(({ type }) => type === 'custody.sealed')
  const opening = facts.slice(0, nth).findLast(({ type }) => type === 'custody.unsealed')
  const earlier =
    fact.type === 'custody.unsealed' ? fact.body.number : (fact.body.earlier ?? opening?.body.number ?? '')
  const newer = opened ? (next?.body.number ?? '') : fact.body.number
  const organisation = await organOf(db, item.unit)
  const signers = await staffNames(db, fact.body.signers)
  const [by = ''] = fact.body.signers.includes(fact.actor) ? [] : await staffNames(db, [fact.actor])
  return {
    items: [item.code],
    form: (copy) =>
      sheet({
        ...{ kind: 'sealing', title: opened ? '启封记录' : '密封（重封）记录', organisation, code: null, copy },
        facts: [
          { name: '案号', value: item.case },
          { name: opened ? '启封时间' : '密封时间', value: localMinute(fact.at) },
          { name: '重封时间', value: opened && next !== undefined ? localMinute(next.at) : '' },
          { name: '启封时间', value: !opened && opening !== undefined ? localMinute(opening.at) : '' },
          { name: '理由', value: onPaper(why) },
        ],
        rows: [['1', item.code, item.name, earlier, newer]],
        statement: opened
          ? '启封前已核对封条完好，启封由签名人共同在场进行。'
          : '已由签名人共同密封，封条编号与物品一并登记。',
        signatures: [
          ...signers.map((name) => ({ role: opened ? '启封人' : '封签人', name, absence: null })),
          ...(by === '' ? [] : [{ role: '保管人', name: by, absence: null }]),
        ],
      }),
  }
}
