import type { DisposalForm, DisposalFormKind, DisposedItem } from '../../../labels/documents/disposal-form.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader, Sealed } from '../../module.ts'
import { textOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { disposalCarriesNumbers, NEVER_WHOLE, type ShownWhole } from '../account-number/on-papers.ts'
import { custodyWords } from '../axes.ts'
import { type Disposal, papersOf } from './disposal.ts'
import { handingWords } from './effects.ts'
import { sealSeenOf, sealToSee } from './found-on-handing-out.ts'
import { basisOf, destinationWords, disposalTypes, releaseWords, saleGroundWords, saleMethodWords } from './types.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import { attachmentWords, type Attachment, relationWords } from './words.ts'
import type { Item } from '../items/item.ts'
import { isAnothers } from '../papers/holders.ts'
import { featuresOf, localDay, localMinute, organOf, signatureOf, staffNames, unsealed } from '../papers/paper-words.ts'
import { mustBeOpenTo } from './proposing.ts'
import { drawnOnPaper } from '../signing/drawn.ts'
import { sidesOfAct } from '../signing/sides.ts'
import { rules } from '../rules.ts'
import { videosOnPaper } from '../videos/on-paper.ts'
import '../tables.ts'

type Act = Disposal['acts'][number]
type Facts = DisposalForm['facts']

/** Who gets the copies, in the order they are numbered. */
export const DISPOSAL_RECIPIENTS: Readonly<Record<DisposalFormKind, readonly string[]>> = {
  approval: ['附卷', '保管部门'],
  notice: ['当事人', '附卷'],
  'return-list': ['领取人', '附卷', '保管部门'],
  'transfer-list': ['接收机关', '附卷', '保管部门'],
  destruction: ['附卷', '保管部门'],
}

/** What a paper is drawn of. */
export interface Drawn {
  /** Which of its acts, counted from one; null for an act to come, which the paper is to be signed for. */
  readonly nth: number | null
  /** Items of an act to come; null for all that may be carried out. */
  readonly items: readonly string[] | null
  readonly copy: DisposalForm['copy']
  /** Those of its items that the reader may see. */
  readonly seen: readonly Item[]
  /** Of which of them the number of an account is shown whole, on a form that carries it. */
  readonly isWhole: ShownWhole
}

/**
 * One paper of a disposal: of an act, filled in; of an act to come, with what the act will say left blank, since it is signed before it is
 * recorded. The approval is about the whole, as far as its reader may see it.
 * @throws Refusal `request.not-found` when its way has no such paper, or it was not carried out so often
 * @throws Refusal `custody.disposal-order`, `custody.unknown-item` for items that cannot be carried out under it now
 */
export async function disposalPaperOf(
  db: Reader,
  disposal: Disposal,
  kind: DisposalFormKind,
  { nth, items, copy, seen, isWhole }: Drawn,
): Promise<DisposalForm> {
  const act = nth === null ? undefined : disposal.acts[nth - 1]
  const isUnknown = nth !== null && (act === undefined || !seen.some(({ code }) => act.items.includes(code)))
  if (kind !== 'approval' && (isUnknown || !papersOf(disposal).includes(kind)))
    throw new Refusal('request.not-found', { what: `${disposal.code} ${kind}` })
  const of = kind === 'approval' ? undefined : act
  const its =
    kind === 'approval'
      ? seen
      : of === undefined
        ? ready(disposal, seen, items)
        : seen.filter(({ code }) => of.items.includes(code))
  const said = await unsealed(db, its, disposalCarriesNumbers(kind) ? isWhole : NEVER_WHOLE)
  const sealed = await sealedOf(db, disposal, of)
  const remarkOf = (item: Item): string => {
    if (kind === 'notice') return `${item.measure.noticeNumber} ${localDay(item.measure.takenAt)}`
    if (kind === 'return-list') return (of === undefined ? sealToSee(item, BLANK) : sealSeenOf(item)) ?? '与清单相符'
    if (kind === 'destruction' && of !== undefined) return `前 ${of.before.length} 张，后 ${of.after.length} 张`
    if (kind === 'destruction') return ''
    if (item.relevance !== undefined && (kind === 'transfer-list' || kind === 'approval'))
      return onPaper(said(item.relevance))
    const opinion = sealed(disposal.opinion)
    return opinion.length > REMARK_MOST ? '见处置意见' : opinion
  }
  return {
    ...{
      kind,
      earlySale: disposal.way === 'SELL',
      code: disposal.code,
      copy,
      organisation: await organOf(db, disposal.unit),
    },
    items: its.map((item): DisposedItem => ({
      ...{ code: item.code, name: item.name, quantity: item.quantity, unit: item.quantityUnit },
      ...{ features: featuresOf(item, said), remark: remarkOf(item) },
    })),
    ...(kind === 'approval'
      ? await approvalOf(db, disposal, sealed, seen)
      : await actOf(db, { disposal, act: of ?? null, kind, its, sealed })),
  }
}

/** The items of an act to come: approved under this paper, and carried out by no act yet. */
export function ready(disposal: Disposal, seen: readonly Item[], wanted: readonly string[] | null): readonly Item[] {
  const stands = (item: Item): boolean => item.disposal === disposal.code && item.dispositionStatus === 'APPROVED'
  if (wanted === null) {
    const all = seen.filter(stands)
    if (all.length === 0) throw new Refusal('request.not-found', { what: disposal.code })
    return all
  }
  return wanted.map((code) => {
    const item = seen.find((one) => one.code === code)
    if (item === undefined) throw new Refusal('custody.unknown-item', { item: code })
    if (item.disposal !== disposal.code) throw new Refusal('custody.no-disposal', { item: code })
    mustBeOpenTo(item, ['APPROVED'])
    return item
  })
}

/** Of an act, the number of its document. */
export const DOCUMENT = '文书号'
/** Written by hand on the paper that is signed. */
const BLANK = '____________'

/** A longer opinion stands below the list only. */
const REMARK_MOST = 60
/** The voucher of each act stands on the approval as far as there is room; each act has its own paper. */
const DOCUMENTS_MOST = 12

type Filled = Pick<DisposalForm, 'facts' | 'statement' | 'signatures'>
type Unsealed = (sealed: Sealed | null) => string

/** F-13: who proposed what and why, who agreed, what 案管 writes in by hand, and by which voucher it was paid. */
async function approvalOf(db: Reader, disposal: Disposal, sealed: Unsealed, seen: readonly Item[]): Promise<Filled> {
  const { way, destination, ground, reviewUnit, appraisal, agreed, acts, proposer } = disposal
  const [proposerName = ''] = await staffNames(db, [proposer])
  const names = await staffNames(
    db,
    agreed.map(({ by }) => by),
  )
  const finance = acts.flatMap((act) => act.finance ?? [])
  const financeNames = await staffNames(db, [...new Set(finance)])
  const office = await unitName(db, reviewUnit)
  // Its opinion is given on the paper; F-15 asks for none, and the other tracks have no such department.
  const isSupervised = way !== 'SELL' && seen.some(({ track }) => track === 'DISCIPLINE' || track === 'SUPERVISION')
  const levels = { review: '审理人', department: '部门审批人', organ: '审批领导' } as const
  return {
    facts: [
      ...headOf(disposal),
      ...(seen.length === disposal.items.length
        ? []
        : [{ name: '件数', value: `共 ${disposal.items.length} 件，所列 ${seen.length} 件` }]),
      { name: '处置方式', value: disposalTypes[way].name.zh },
      { name: '去向', value: destinationWords[destination].zh },
      { name: '依据', value: basisOf(way, seen[0]?.track) },
      ...(ground === null ? [] : [{ name: '解除事由', value: releaseWords[ground].zh }]),
      ...(office === null ? [] : [{ name: '审理部门', value: office }]),
      ...agreed.map(({ level, at }, index) => ({
        ...{ name: `${levels[level]}同意`, value: `${names[index] ?? ''} ${localMinute(at)}` },
      })),
      ...(isSupervised ? [{ name: '案管意见', value: BLANK }] : []),
      ...(appraisal === null ? [] : [{ name: '鉴定文书', value: onPaper(appraisal) }]),
      ...saleFacts(disposal, sealed),
      ...acts
        .slice(0, DOCUMENTS_MOST)
        .map(({ document, at }) => ({ name: '执行文书', value: `${onPaper(document)} ${localDay(at)}` })),
      ...(acts.length > DOCUMENTS_MOST ? [{ name: '执行次数', value: `${acts.length} 次，其余见执行记录` }] : []),
    ],
    statement: `处置意见：${sealed(disposal.opinion)}`,
    signatures: [
      { role: '承办人', name: proposerName },
      ...agreed.map(({ level }, index) => ({ role: levels[level], name: names[index] ?? '' })),
      ...(isSupervised ? [{ role: '案管部门', name: null }] : []),
      ...financeNames.map((name) => ({ role: '财务', name })),
    ],
  }
}

/** F-15: why it cannot wait, how it is sold, its value, what the holder says, and what each sale brought into which account. */
function saleFacts({ sale, acts }: Disposal, sealed: Unsealed): Facts {
  if (sale === undefined) return []
  return [
    { name: '先行处置事由', value: saleGroundWords[sale.ground].zh },
    { name: '方式', value: saleMethodWords[sale.method].zh },
    { name: '估价（元）', value: yuanOf(sale.estimate_fen) },
    { name: '持有人意见', value: sealed(sale.holderOpinion) },
    ...acts.flatMap((act) =>
      act.sale === undefined
        ? []
        : [
            { name: '成交价（元）', value: yuanOf(act.sale.price_fen) },
            { name: '缴入账户', value: `${onPaper(act.sale.account)} ${onPaper(act.sale.voucher)}` },
          ],
    ),
  ]
}

function yuanOf(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** The paper of one act: F-08, F-11, F-12 or F-14; of an act to come with blanks. */
async function actOf(
  db: Reader,
  {
    disposal,
    act,
    kind,
    its,
    sealed,
  }: {
    readonly disposal: Disposal
    readonly act: Act | null
    readonly kind: Exclude<DisposalFormKind, 'approval'>
    readonly its: readonly Item[]
    readonly sealed: Unsealed
  },
): Promise<Filled> {
  const supervisor = act?.supervisor ?? null
  const people = act === null ? [] : [act.by, ...act.with].filter((person) => person !== supervisor)
  const staff =
    act === null ? Array.from({ length: rules.staff_per_disposal.value }, () => null) : await staffNames(db, people)
  const nth = act === null ? 0 : disposal.acts.indexOf(act) + 1
  const drawnBy = await drawnOnPaper(db, its, { code: disposal.code, act: nth }, sidesOfAct(disposal, nth))
  const receiver = act === null || act.receiver === null ? null : sealed(act.receiver.name)
  const filled = (value: (of: Act) => string): string => (act === null ? BLANK : value(act))
  const receiverSaid = (value: (of: NonNullable<Act['receiver']>) => string): string =>
    filled((of) => (of.receiver === null ? '' : value(of.receiver)))
  const signers = staff.map((name, index) => ({
    ...{ role: '经办人', name },
    ...drawnBy('giver', people[index] ?? null),
  }))
  const received = { name: receiver, ...drawnBy('receiver', null) }
  const shared: Facts = [...headOf(disposal), { name: DOCUMENT, value: filled((of) => onPaper(of.document)) }]
  const at = filled((of) => localMinute(of.at))
  switch (kind) {
    case 'notice': {
      const [first] = its
      const party = first === undefined ? null : (await signatureOf(db, first.holder)).name
      // Whoever fetched the things of all may be another of the holders: he does not stand on this one's notice.
      const isOthers = receiver !== null && act !== null && (await isAnothers(db, receiver, its, act.items))
      return {
        facts: [
          ...shared,
          { name: '当事人', value: party ?? '' },
          { name: '解除事由', value: disposal.ground === null ? '' : releaseWords[disposal.ground].zh },
          { name: '解除时间', value: at },
          { name: '领取时间地点', value: `${at} ${await placeOf(db, its)}` },
        ],
        statement: '对上列财物采取的措施自解除时间起解除，请凭本通知书和有效身份证件领取。',
        signatures: [...signers, { role: '签收人', ...(isOthers ? { name: null } : received) }],
      }
    }
    case 'return-list':
      return {
        facts: [
          ...shared,
          { name: '领取人', value: receiverSaid(({ name }) => sealed(name)) },
          { name: '证件', value: receiverSaid(({ identity }) => sealed(identity)) },
          { name: '关系', value: receiverSaid(({ relation }) => relationWords[relation].zh) },
          { name: '授权', value: receiverSaid(({ authorisation }) => sealed(authorisation)) },
          { name: '返还方式', value: handedOn(act) },
          { name: '返还时间', value: at },
        ],
        statement: '以上财物由领取人当面逐件核对、清点，数量、特征和状态与清单相符。',
        signatures: [...signers, { role: '领取人', ...received }],
      }
    case 'transfer-list':
      return {
        facts: [
          ...shared,
          { name: '接收机关', value: filled(({ organ }) => onPaper(organ ?? '')) },
          { name: '移送时间', value: at },
          { name: '移送方式', value: filled((of) => (of.listOnly ? '移送清单和材料，实物不移' : '实物移送')) },
          { name: '存放地点', value: act === null || act.listOnly ? await placeOf(db, its) : '' },
          {
            name: '随附材料',
            value: filled((of) => of.attachments.map((one) => attachmentWords[one as Attachment].zh).join('、')),
          },
        ],
        statement: '双方已逐件核对财物及其对应的事实，与清单相符。',
        signatures: [...signers.map((signer) => ({ ...signer, role: '移送人' })), { role: '接收人', ...received }],
      }
    case 'destruction':
      return {
        facts: [
          ...shared,
          { name: '依据', value: basisOf(disposal.way, its[0]?.track) },
          { name: '方式地点', value: filled(({ method }) => sealed(method)) },
          { name: '销毁时间', value: at },
          { name: '同步录像', value: act === null ? '' : videosOnPaper(its, 'handling', act.at).join('；') },
        ],
        statement: '以上财物已在监销人监督下全部销毁，销毁前后均已拍照。',
        signatures: [
          ...signers.map((signer) => ({ ...signer, role: '执行人' })),
          ...(act === null
            ? [{ role: '监销人', name: null }]
            : (await staffNames(db, supervisor === null ? [] : [supervisor])).map((name) => ({
                ...{ role: '监销人', name },
                ...drawnBy('giver', supervisor),
              }))),
        ],
      }
  }
}

/** How personal effects went back, and what they are since. */
function handedOn(act: Act | null): string {
  if (act?.handed === undefined) return ''
  const { way, becomes } = act.handed
  return becomes === null ? handingWords[way].zh : `${handingWords[way].zh}（${becomes}）`
}

function headOf({ case: number, proposedAt }: Disposal): Facts {
  return [
    { name: '案号', value: number },
    { name: '提出日期', value: localDay(proposedAt) },
  ]
}

async function sealedOf(db: Reader, { opinion, sale }: Disposal, act: Act | undefined): Promise<Unsealed> {
  const receiver = act?.receiver ?? null
  const all = [
    opinion,
    sale?.holderOpinion ?? null,
    act?.method ?? null,
    receiver?.name ?? null,
    receiver?.identity ?? null,
    receiver?.authorisation ?? null,
  ]
  const contents = await readPersonal(
    db,
    all.flatMap((one) => one?.ref ?? []),
  )
  return (sealed) => onPaper(textOf(contents.get(sealed?.ref ?? '')) ?? '')
}

/** Where the items were kept: their store's name, or how they are kept. */
async function placeOf(db: Reader, [first]: readonly Item[]): Promise<string> {
  if (first === undefined) return ''
  if (first.store === null) return (await unitName(db, first.unit)) ?? custodyWords[first.custodyStatus].zh
  const row = await db.selectFrom('stores').select('name').where('id', '=', first.store).executeTakeFirst()
  return row?.name ?? first.store
}

async function unitName(db: Reader, unit: string | null): Promise<string | null> {
  if (unit === null) return null
  const row = await db.selectFrom('units').select('name').where('id', '=', unit).executeTakeFirst()
  return row?.name ?? unit
}
