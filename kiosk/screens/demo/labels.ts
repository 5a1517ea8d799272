/** What the panel's scanner can be pointed at, in kinds and rows. Pure. */

import type { Codes, ItemCode } from '../../../server/demo/protocol.ts'
import type { BothWords } from '../../notice.ts'
import { demoEn } from '../../words/demo.en.ts'
import { demoZh } from '../../words/demo.zh.ts'
import { fill } from '../../words/fill.ts'
import { en } from '../../words/en.ts'
import { zh } from '../../words/zh-CN.ts'

export const KINDS = ['lists', 'pending', 'granted', 'lent', 'stored', 'department', 'locations', 'seals'] as const
export type LabelKind = (typeof KINDS)[number]

/** One label that can be scanned. */
export interface Row {
  readonly key: string
  /** What the scanner sends. */
  readonly payload: string
  readonly name: string
  readonly detail: BothWords
  /** The item it belongs to, for the scale. */
  readonly item: ItemCode | null
}

const LABEL_WORDS = {
  wanted: 'demo.label-wanted',
  printed: 'demo.label-printed',
  failed: 'demo.label-failed',
  unknown: 'demo.label-unknown',
} as const

function both(key: keyof typeof demoZh, values: Readonly<Record<string, string | number>> = {}): BothWords {
  return { zh: fill(demoZh[key], values), en: fill(demoEn[key], values) }
}

function joined(parts: readonly (BothWords | null)[]): BothWords {
  const there = parts.filter((part) => part !== null)
  return { zh: there.map((part) => part.zh).join(' · '), en: there.map((part) => part.en).join(' · ') }
}

/** The labels of one kind. */
export function rowsOf(codes: Codes, kind: LabelKind): readonly Row[] {
  switch (kind) {
    case 'lists':
      return codes.lists.map(({ payload, unit, pending, lines }) => ({
        key: payload,
        payload,
        name: unit,
        detail: both('demo.list-row', { pending, lines }),
        item: null,
      }))
    case 'locations':
      return codes.locations.map(({ payload, name, storageClass, capacity, occupied }) => ({
        key: payload,
        payload,
        name,
        detail: {
          zh: fill(demoZh['demo.location-row'], { class: zh[`storage.${storageClass}`], capacity, occupied }),
          en: fill(demoEn['demo.location-row'], { class: en[`storage.${storageClass}`], capacity, occupied }),
        },
        item: null,
      }))
    case 'seals':
      return codes.items.flatMap((item) =>
        item.sealNumber === null
          ? []
          : [
              {
                key: `seal ${item.code}`,
                payload: item.sealNumber,
                name: item.sealNumber,
                detail: both('demo.seal-of', { name: item.name }),
                item,
              },
            ],
      )
    case 'pending':
    case 'granted':
    case 'lent':
    case 'stored':
    case 'department':
      return codes.items.filter((item) => isOf(item, kind)).map(itemRow)
  }
}

function isOf(
  { custody, fetchedBy }: ItemCode,
  kind: 'pending' | 'granted' | 'lent' | 'stored' | 'department',
): boolean {
  switch (kind) {
    case 'pending':
      return custody.value === 'PENDING_HANDOVER'
    case 'granted':
      return fetchedBy !== null
    case 'lent':
      return custody.value === 'BORROWED'
    case 'stored':
      return custody.value === 'IN_STORE'
    case 'department':
      return custody.value === 'WITH_CASE_DEPT'
  }
}

function itemRow(item: ItemCode): Row {
  const { code, payload, name, location, list, frozen, fetchedBy, borrower } = item
  const place = location ?? list
  return {
    key: code,
    payload,
    name,
    detail: joined([
      { zh: `${item.case} · ${item.ordinal}`, en: `${item.case} · ${item.ordinal}` },
      place === null ? null : { zh: place, en: place },
      labelWords(item),
      frozen ? both('demo.frozen') : null,
      fetchedBy === null ? null : both('demo.fetched-by', { name: fetchedBy }),
      borrower === null ? null : both('demo.lent-to', { name: borrower }),
    ]),
    item,
  }
}

/** What is still to be done about its label; null when it was read back. */
function labelWords({ label }: ItemCode): BothWords | null {
  if (label === null) return both('demo.label-none')
  return label.scannedBack ? null : both(LABEL_WORDS[label.state])
}

/** The rows in which every word of the text is found. */
export function filtered(rows: readonly Row[], text: string): readonly Row[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return rows.filter(({ payload, name, detail, item }) => {
    const all = `${payload} ${name} ${detail.zh} ${detail.en} ${item?.code ?? ''}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** The same label misread in its last character, so that its check characters no longer fit. */
export function misread(payload: string): string {
  const last = payload.at(-1) ?? ''
  return payload.slice(0, -1) + (last === '7' ? '4' : '7')
}

/** How many bytes of it leave the scanner before the cable goes. */
export function cutAt(payload: string): number {
  return Math.max(1, Math.floor(payload.length / 2))
}

/** Grams as typed, `38.624`, as milligrams; null for anything else. */
export function milligrams(grams: string): number | null {
  const found = /^(-?\d{1,5})(?:\.(\d{1,3}))?$/.exec(grams.trim())
  if (!found) return null
  const [, whole = '', rest = ''] = found
  const size = Math.abs(Number(whole)) * 1_000 + Number(rest.padEnd(3, '0'))
  return whole.startsWith('-') ? -size : size
}

/** Hexadecimal digits as a dump: pairs, sixteen a line, with the characters beside them. */
export function dumpOf(hex: string): string {
  const bytes = hex.match(/../g) ?? []
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += 16) {
    const line = bytes.slice(from, from + 16)
    const text = line.map((byte) => {
      const code = Number.parseInt(byte, 16)
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'
    })
    lines.push(`${line.join(' ').padEnd(47)}  ${text.join('')}`)
  }
  return lines.join('\n')
}
