import { onPaper, type Signature } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { ShownBringer, ShownInbound, ShownInboundLine, ShownInboundSide } from '../inbound/protocol.ts'
import { readInbound, shownInbounds } from '../inbound/reads.ts'
import { readCase } from '../reads.ts'
import { gramsOf } from '../weighing/weights.ts'
import type { PaperContent } from './paper-contents.ts'
import { localDay, organOf, staffNames } from './paper-words.ts'

/** 接收核对清单 (rules C-35): every line, what was found of it and what became of it, with what both sides signed or room for it. */
export async function inboundPaper(db: Reader, id: string): Promise<PaperContent | null> {
  const inbound = await readInbound(db, id)
  const of = inbound === null ? null : await readCase(db, inbound.case)
  const [shown] = inbound === null ? [] : await shownInbounds(db, [inbound])
  if (inbound === null || of === null || shown === undefined) return null
  if (shown.lines.every(({ checked }) => checked === null)) throw new Refusal('custody.nothing-for-paper')
  const organisation = await organOf(db, inbound.unit)
  const accepter = inbound.accepted?.by ?? null
  // Who accepted signed it, whoever handles the case by now.
  const receivers = [...new Set([...(accepter === null ? [] : [accepter]), ...of.officers])]
  const seconds = [...new Set(inbound.lines.flatMap(({ settled }) => settled?.secondedBy ?? []))].filter(
    (person) => !receivers.includes(person),
  )
  const [officers, keepers] = [await staffNames(db, receivers), await staffNames(db, seconds)]
  const wrong = inbound.replaces === undefined ? null : await readInbound(db, inbound.replaces)
  return {
    items: inbound.accepted?.items.map(({ item }) => item) ?? [],
    form: (copy) =>
      sheet({
        ...{ kind: 'inbound-check', organisation, code: null, copy },
        facts: [
          { name: '案号', value: inbound.case },
          { name: '移交机关', value: onPaper(inbound.organ) },
          { name: '移交清单', value: onPaper(`${inbound.number}（${inbound.day}）`) },
          { name: '对方案号', value: onPaper(inbound.theirCase ?? '') },
          { name: '移交人', value: onPaper(sayBringer(shown.bringer)) },
          { name: '接收', value: onPaper(sayState(shown)) },
          ...(wrong === null
            ? []
            : [{ name: '代替', value: onPaper(`错录并已撤回的清单 ${wrong.number}（${wrong.day}）`) }]),
          ...(shown.signed === null ? [] : [{ name: '签名校验值', value: sayHashes(shown.signed) }]),
        ],
        rows: shown.lines.map((line) => [
          ...[String(line.line), onPaper(line.name), onPaper(listed(line))],
          ...[line.checked?.verdict.words.zh ?? '未核对', onPaper(found(line)), onPaper(settled(line))],
        ]),
        statement: '上列物品由移交、接收双方当面逐笔核对。不符的，按所记处理，双方签名确认。',
        signatures: [
          { role: '移交人', name: shown.bringer.name, ...placeOf(shown, 'bringer') },
          ...officers.map((name, index) => ({
            ...{ role: '接收人', name },
            ...(receivers[index] === accepter ? placeOf(shown, 'receiver') : { absence: null }),
          })),
          ...keepers.map((name) => ({ role: '保管人员', name, absence: null })),
        ],
      }),
  }
}

/** Accepted, withdrawn with the reason, or neither yet. */
function sayState({ acceptedAt, withdrawn }: ShownInbound): string {
  if (withdrawn !== null) return `已撤回（${localDay(withdrawn.at)}，${withdrawn.by.name}）：${withdrawn.reason ?? ''}`
  return acceptedAt === null ? '未接收' : localDay(acceptedAt)
}

/** How many figures of a commitment stand on the paper; the register has all of them. */
const HASH_SHOWN = 16

function sayHashes({ bringer, receiver }: NonNullable<ShownInbound['signed']>): string {
  const start = ({ commitment }: ShownInboundSide): string => commitment.slice(0, HASH_SHOWN)
  return `移交人 ${start(bringer)}；接收人 ${start(receiver)}`
}

/** What stands in the place of a side: what it drew, why it did not, or nothing yet. */
function placeOf(
  { signed, acceptedAt }: ShownInbound,
  which: 'bringer' | 'receiver',
): Pick<Signature, 'absence' | 'drawn'> {
  const side = signed?.[which]
  if (side === undefined || acceptedAt === null) return { absence: null }
  if (side.notSigned !== null) return { absence: onPaper(side.notSigned === '' ? '未签名' : side.notSigned) }
  return side.strokes === null
    ? { absence: null }
    : { absence: null, drawn: { strokes: side.strokes, day: localDay(acceptedAt) } }
}

const sayBringer = ({ name, post }: ShownBringer): string => [post, name].flatMap((one) => one ?? []).join(' ')

function said(one: {
  readonly weight_mg: number | null
  readonly seal: string | null
  readonly features: string | null
}) {
  return [
    ...(one.weight_mg === null ? [] : [`${gramsOf(one.weight_mg)} 克`]),
    ...(one.seal === null ? [] : [`封条 ${one.seal}`]),
    ...(one.features === null ? [] : [one.features]),
  ]
}

function listed(line: ShownInboundLine): string {
  const all = [`${line.quantity} ${line.quantityUnit}`, ...said(line)].join('；')
  return line.extra ? `清单外：${all}` : all
}

function found({ checked, quantityUnit }: ShownInboundLine): string {
  if (checked === null) return ''
  const quantity = checked.quantity === null ? [] : [`${checked.quantity} ${quantityUnit}`]
  return [...quantity, ...said(checked)].join('；')
}

function settled({ settled: one, item }: ShownInboundLine): string {
  const became = item === null ? [] : [item]
  if (one === null) return became.join('')
  const signed = [sayBringer(one.bringer), one.by.name, ...(one.secondedBy === null ? [] : [one.secondedBy.name])]
  return [`${one.how.words.zh}：${one.note ?? ''}`, `签认 ${signed.join('、')}`, ...became].join('；')
}
