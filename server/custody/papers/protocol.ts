import type { Named } from '../../names.ts'
import type { Words } from '../../refusal.ts'
import type { PrintState } from './paper-prints.ts'
import type { PaperKind } from './papers.ts'
import type { ServiceField, ServiceWay } from '../service/ways.ts'
import type { LabelState } from './labels.ts'
import type { Holder, Said } from '../items/protocol.ts'

/** A paper that was issued, as a list shows it. */
export interface ShownPaper {
  readonly paper: string
  readonly kind: Said<PaperKind>
  /** Number of the form, `F-06`. */
  readonly form: string
  readonly number: string
  readonly layout: number
  readonly of: string
  readonly part: string | null
  readonly items: readonly string[]
  /** Sixteen hexadecimal digits, as they are printed. */
  readonly check: string
  /** Of the archived file. */
  readonly sha256: string
  readonly pages: number
  /** Who gets a copy, in the order they are numbered. */
  readonly copies: readonly string[]
  readonly issuedAt: string
  readonly issuedBy: Named
  /** The later paper that took its place; null while it stands. */
  readonly replacedBy: string | null
  /** Whether whom it concerns has to get it, and it stands. */
  readonly toServe: boolean
  /** How it was served, the first time first. */
  readonly services: readonly ShownService[]
  /** The signed sheets as they were scanned, the scan that stands last. */
  readonly scans: readonly ShownScan[]
  /** Whether a scan of its signed sheets has a place here: not where another module's thing is signed. */
  readonly toScan: boolean
  /** The last time that it was sent to an office printer; null where it never was. */
  readonly print: ShownPrint | null
}

/** 送达回证: one service of a paper. */
export interface ShownService {
  readonly way: Said<ServiceWay>
  readonly servedAt: string
  /** When it counts as served. */
  readonly countsFrom: string
  /** What the receipt says; nothing of it where it was lawfully erased. */
  readonly told: readonly { readonly field: Said<ServiceField>; readonly text: string }[]
  /** The picture of the receipt, by its hash. */
  readonly scan: string | null
  readonly by: Named
  readonly at: string
}

/** 签名扫描件: the signed sheets of a paper, by the hash of each. */
export interface ShownScan {
  readonly pages: readonly string[]
  /** Why it took the place of the one before; null for the first, and where it was lawfully erased. */
  readonly reason: string | null
  readonly by: Named
  readonly at: string
}

export interface ShownPrint {
  readonly job: string
  readonly station: string
  readonly at: string
  readonly state: PrintState
  readonly fault: ShownFault | null
}

/** A station whose office printer takes whole papers. */
export interface OfficePrinterPlace {
  readonly station: string
  readonly name: string
  readonly printer: string
}

/** A paper that may be filled in, since what it tells of has happened. */
export interface PaperOffer {
  readonly kind: Said<PaperKind>
  readonly form: string
  readonly of: string
  readonly part: string | null
  /** What it is about, as people know it: a number, a code, a time. */
  readonly what: string
  /** The number of the one that stands; null where none was issued. */
  readonly standing: string | null
  /** Whether it is for the asker to issue it. */
  readonly yours: boolean
  /** What is to be written on it; empty where the registers say all. */
  readonly fields: readonly PaperField[]
}

/** A field that somebody writes. */
export interface PaperField {
  readonly id: string
  readonly name: Words
  readonly long: boolean
  readonly required: boolean
}

/** What a scan of an issued paper comes to. */
export interface CheckedPaper {
  readonly paper: ShownPaper
  /** Whether the archived file is there and has the hash that the register holds. */
  readonly archived: boolean
  /** The file was lawfully erased. */
  readonly erased: boolean
  /** Whether the check of the sheet was compared; where only a number was typed, a person has to. */
  readonly compared: boolean
  /** The number of the paper that took its place. */
  readonly later: string | null
}

/** Why a label is not on paper, or why nobody can say, in words with its code. */
export type ShownFault = Words & { readonly code: string }

export interface ShownLabel {
  readonly job: string
  readonly code: string
  readonly issue: number
  readonly payload: string
  readonly template: string
  readonly station: string
  readonly state: LabelState
  readonly words: Words
  readonly scannedBack: boolean
  readonly void: boolean
  readonly wantedAt: string
  /** Why it was printed again. */
  readonly reason: string | null
  /** Why it did not print, or why nobody can say. */
  readonly fault: ShownFault | null
}

/** One issue of a label, as the history of its code shows it. */
export interface IssuedLabel extends ShownLabel {
  readonly wantedBy: Holder
}

/** A seal strip on its way to a printer, or out of it. */
export interface IssuedStrip extends IssuedLabel {
  /** Of the seal. */
  readonly number: string
}
