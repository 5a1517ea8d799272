/** What is asked of an erasure: its ground, its decision, and the items whose holder or witness is meant. */

import type { ErasureGround, Present } from '../../../server/org/protocol.ts'
import { halfWidth } from '../../digits.ts'

export const GROUNDS = ['purpose-over', 'period-over', 'unlawful', 'ordered'] as const satisfies ErasureGround[]

/** Whose content goes, as it is chosen. */
export const WHOSE = {
  holder: ['holder'],
  witness: ['witness'],
  both: ['holder', 'witness'],
  receiver: ['receiver'],
} as const satisfies Readonly<Record<string, readonly Present[]>>
export type Whose = keyof typeof WHOSE

const DOCUMENT = /^(?=.*\d)[\p{Script=Han}A-Za-z0-9〔〕（）()[\]._/-]{4,40}$/u
const ITEM = /^W[0-9A-Z]{13}$/

/** Whether it can be the number of a decision. */
export function isDocument(text: string): boolean {
  return DOCUMENT.test(text.trim())
}

/** Item codes as they were typed or pasted, each once; null where one of them is none, or none is there. */
export function itemsIn(text: string): readonly string[] | null {
  const codes = halfWidth(text)
    .toUpperCase()
    .split(/[\s,，;；、]+/)
    .filter((code) => code !== '')
  return codes.length > 0 && codes.every((code) => ITEM.test(code)) ? [...new Set(codes)] : null
}
