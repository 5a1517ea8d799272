/** What is asked of an erasure: its ground, its decision, and the items whose holder or witness is meant, or the papers. */

import type { ErasureGround, Present } from '../../../server/org/protocol.ts'
import { halfWidth } from '../../digits.ts'

export const GROUNDS = ['purpose-over', 'period-over', 'unlawful', 'ordered'] as const satisfies ErasureGround[]

/** Whose content goes, as it is chosen. */
export const WHOSE = {
  holder: ['holder'],
  witness: ['witness'],
  both: ['holder', 'witness'],
  receiver: ['receiver'],
  staff: ['staff'],
} as const satisfies Readonly<Record<string, readonly Present[]>>
export type Whose = keyof typeof WHOSE

const DOCUMENT = /^(?=.*\d)[\p{Script=Han}A-Za-z0-9〔〕（）()[\]._/-]{4,40}$/u
const ITEM = /^W[0-9A-Z]{13}$/
const PAPER = /^(\p{Script=Han}{1,2})[〔[(（【](\d{4})[〕\])）】]([0-9A-Z]{2}-\d{4,7})号?$/u

/** Whether it can be the number of a decision. */
export function isDocument(text: string): boolean {
  return DOCUMENT.test(text.trim())
}

/** Item codes as they were typed or pasted, each once; null where one of them is none, or none is there. */
export function itemsIn(text: string): readonly string[] | null {
  return each(text, (code) => (ITEM.test(code) ? code : null))
}

/** The same of numbers of papers, `问〔2026〕02-0001号`; brackets that are on every keyboard do as well. */
export function papersIn(text: string): readonly string[] | null {
  return each(text, (number) => {
    const [, mark, year, serial] = PAPER.exec(number) ?? []
    return serial === undefined ? null : `${mark}〔${year}〕${serial}号`
  })
}

function each(text: string, read: (one: string) => string | null): readonly string[] | null {
  const parts = halfWidth(text)
    .toUpperCase()
    .split(/[\s,，;；、]+/)
    .filter((one) => one !== '')
  const found = parts.flatMap((one) => read(one) ?? [])
  return parts.length > 0 && found.length === parts.length ? [...new Set(found)] : null
}
