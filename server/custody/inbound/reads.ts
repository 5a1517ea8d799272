import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Words } from '../../refusal.ts'
import { said } from '../names.ts'
import '../tables.ts'
import type { InboundSettlement, InboundVerdict } from './facts.ts'
import { type Inbound, takenOf, uncheckedOf, unsettledOf } from './inbound.ts'
import type { ShownBringer, ShownInbound } from './protocol.ts'

export const verdictWords = {
  MATCHED: { zh: '相符', en: 'Matched' },
  SHORT: { zh: '短少', en: 'Short' },
  SURPLUS: { zh: '多出', en: 'Surplus' },
  DIFFERENT: { zh: '不同', en: 'Different' },
} as const satisfies Record<InboundVerdict, Words>

export const settlementWords = {
  SENT_BACK: { zh: '退回移交人', en: 'Sent back' },
  AS_FOUND: { zh: '按实收接收', en: 'Taken as found' },
} as const satisfies Record<InboundSettlement, Words>

/** Everything sealed of a list. */
export function refsOfInbound({ bringer, lines }: Inbound): string[] {
  const sealed: (Sealed | null | undefined)[] = lines.flatMap(({ features, checked, settled }) => [
    ...[features, checked?.found.features, settled?.note, settled?.bringer],
  ])
  return [bringer, ...sealed].flatMap((one) => one?.ref ?? [])
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

/** Numbers of the lists to a case that are not accepted yet. */
export async function openInboundsOf(db: Reader, number: string): Promise<string[]> {
  const all = await inboundsOfCase(db, number)
  return all.filter(({ accepted }) => accepted === null).map((one) => one.number)
}

export async function readInbound(db: Reader, id: string): Promise<Inbound | null> {
  const found = await db.selectFrom('inbounds').select('state').where('id', '=', id).executeTakeFirst()
  return found?.state ?? null
}

/** Name and post of who stands for the other organ. */
export function bringerIn(content: Json | undefined): ShownBringer {
  const told = (content ?? {}) as { readonly name?: string; readonly post?: string }
  return { name: told.name ?? null, post: told.post ?? null }
}

/** Lists with the names behind their ids and the content behind their seals. */
export async function shownInbounds(db: Reader, all: readonly Inbound[]): Promise<ShownInbound[]> {
  const contents = await readPersonal(db, all.flatMap(refsOfInbound))
  const people = all.flatMap(({ by, lines }) => [
    by,
    ...lines.flatMap(({ checked, settled }) => [checked?.by, settled?.by, settled?.secondedBy]),
  ])
  const named = await namesOf(
    db,
    people.flatMap((person) => (person === undefined || person === null ? [] : [`person/${person}`])),
  )
  const text = (sealed: Sealed | null | undefined): string | null => textOf(contents.get(sealed?.ref ?? ''))
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
  }))
}
