import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Words } from '../../refusal.ts'
import { said } from '../names.ts'
import '../tables.ts'
import { strokesIn } from '../signing/strokes.ts'
import type { InboundSettlement, InboundSigned, InboundVerdict } from './facts.ts'
import { type Inbound, isOpen, takenOf, uncheckedOf, unsettledOf } from './inbound.ts'
import type { ShownBringer, ShownInbound, ShownInboundSide } from './protocol.ts'

export const verdictWords = {
  MATCHED: { zh: '相符', en: 'Matched' },
  SHORT: { zh: '短少', en: 'Short' },
  SURPLUS: { zh: '多出', en: 'Surplus' },
  DIFFERENT: { zh: '不同', en: 'Different' },
} as const satisfies Record<InboundVerdict, Words>

const settlementWords = {
  SENT_BACK: { zh: '退回移交人', en: 'Sent back' },
  AS_FOUND: { zh: '按实收接收', en: 'Taken as found' },
} as const satisfies Record<InboundSettlement, Words>

/** Everything sealed of a list. */
export function refsOfInbound({ bringer, lines, accepted, withdrawn }: Inbound): string[] {
  const sealed: (Sealed | null | undefined)[] = lines.flatMap(({ features, checked, settled }) => [
    ...[features, checked?.found.features, settled?.note, settled?.bringer],
  ])
  const sides = [accepted?.signed?.bringer, accepted?.signed?.receiver].map((side) =>
    side === undefined ? null : 'strokes' in side ? side.strokes : side.notSigned,
  )
  return [bringer, withdrawn?.reason, ...sealed, ...sides].flatMap((one) => one?.ref ?? [])
}

/** The lists of other organs to a case, the newest first. */
export async function inboundsOfCase(db: Reader, number: string): Promise<Inbound[]> {
  const found = await db
    .selectFrom('inbounds')
    .select('state')
    .where('case_number', '=', number)
    .orderBy('listed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return found.map(({ state }) => state)
}

/** Numbers of the lists to a case that wait to be accepted. */
export async function openInboundsOf(db: Reader, number: string): Promise<string[]> {
  const all = await inboundsOfCase(db, number)
  return all.filter(isOpen).map((one) => one.number)
}

/** Whoever may see it is asked by the caller; null where there is none. */
export async function readInbound(db: Reader, id: string): Promise<Inbound | null> {
  const found = await db.selectFrom('inbounds').select('state').where('id', '=', id).executeTakeFirst()
  return found?.state ?? null
}

/** Name and post of who stands for the other organ. */
function bringerIn(content: Json | undefined): ShownBringer {
  const told = (content ?? {}) as { readonly name?: string; readonly post?: string }
  return { name: told.name ?? null, post: told.post ?? null }
}

/** Lists with the names behind their ids and the content behind their seals. The read is to be recorded: signatures are among it. */
export async function shownInbounds(
  db: Reader,
  all: readonly Inbound[],
  mayWithdraw: (inbound: Inbound) => boolean = () => false,
): Promise<ShownInbound[]> {
  const contents = await readPersonal(db, all.flatMap(refsOfInbound))
  const people = all.flatMap(({ by, lines, accepted, withdrawn }) => [
    ...[by, accepted?.by, withdrawn?.by],
    ...lines.flatMap(({ checked, settled }) => [checked?.by, settled?.by, settled?.secondedBy]),
  ])
  const named = await namesOf(
    db,
    people.flatMap((person) => (person === undefined || person === null ? [] : [`person/${person}`])),
  )
  const text = (sealed: Sealed | null | undefined): string | null => textOf(contents.get(sealed?.ref ?? ''))
  const side = (one: InboundSigned): ShownInboundSide =>
    'strokes' in one
      ? {
          ...{ on: one.on, strokes: strokesIn(contents.get(one.strokes.ref)), commitment: one.strokes.commitment },
          notSigned: null,
        }
      : { ...{ on: null, strokes: null, commitment: one.notSigned.commitment }, notSigned: text(one.notSigned) ?? '' }
  return all.map((inbound) => ({
    ...{ id: inbound.id, organ: inbound.organ, number: inbound.number, day: inbound.day, theirCase: inbound.theirCase },
    ...{ bringer: bringerIn(contents.get(inbound.bringer.ref)), by: named(`person/${inbound.by}`), at: inbound.at },
    lines: inbound.lines.map(({ checked, settled, features, ...line }) => ({
      ...{ line: line.line, extra: line.extra, name: line.name, quantity: line.quantity },
      ...{ quantityUnit: line.quantityUnit, weight_mg: line.weight_mg, seal: line.seal, features: text(features) },
      checked:
        checked === null
          ? null
          : {
              ...{ verdict: said(checked.verdict, verdictWords), by: named(`person/${checked.by}`), at: checked.at },
              ...{ quantity: checked.found.quantity ?? null, weight_mg: checked.found.weight_mg ?? null },
              ...{ seal: checked.found.seal ?? null, features: text(checked.found.features) },
            },
      settled:
        settled === null
          ? null
          : {
              ...{ how: said(settled.how, settlementWords), note: text(settled.note), at: settled.at },
              ...{ bringer: bringerIn(contents.get(settled.bringer.ref)), by: named(`person/${settled.by}`) },
              secondedBy: settled.secondedBy === null ? null : named(`person/${settled.secondedBy}`),
            },
      item: inbound.accepted?.items.find((one) => one.line === line.line)?.item ?? null,
    })),
    ...{ unchecked: uncheckedOf(inbound), unsettled: unsettledOf(inbound) },
    taken: takenOf(inbound).map(({ line }) => line),
    acceptedAt: inbound.accepted?.at ?? null,
    acceptedBy: inbound.accepted === null ? null : named(`person/${inbound.accepted.by}`),
    signed:
      inbound.accepted?.signed === undefined
        ? null
        : { bringer: side(inbound.accepted.signed.bringer), receiver: side(inbound.accepted.signed.receiver) },
    withdrawn:
      inbound.withdrawn === undefined
        ? null
        : {
            ...{ reason: text(inbound.withdrawn.reason), at: inbound.withdrawn.at },
            by: named(`person/${inbound.withdrawn.by}`),
          },
    ...{ replaces: inbound.replaces ?? null, mayWithdraw: mayWithdraw(inbound) },
  }))
}
