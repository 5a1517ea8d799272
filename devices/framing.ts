import type { Fault } from './reading.ts'

/** One piece of what a device sent, with exactly the bytes it was made of: what it means, or why it means nothing. */
export type Frame<Meaning> =
  | { readonly raw: Uint8Array; readonly meaning: Meaning; readonly fault: null }
  | { readonly raw: Uint8Array; readonly meaning: null; readonly fault: Fault }

/** Bytes in, frames out; keeps no more than one frame's bytes. Knows no time and no port, and never throws. */
export interface Framer<Meaning> {
  push(bytes: Uint8Array): Frame<Meaning>[]
  /** The port has closed: what was begun and not ended is a fault, never a value. The framer may be used again from the start. */
  end(): Frame<Meaning>[]
}

/** A frame that was understood, with its bytes. */
export function good<Meaning>(raw: Uint8Array, meaning: Meaning): Frame<Meaning> {
  return { raw, meaning, fault: null }
}

/** Bytes that mean nothing. `detail` is for the log and the byte view, never shown alone. */
export function bad<Meaning>(raw: Uint8Array, code: Fault['code'], detail: string): Frame<Meaning> {
  return { raw, meaning: null, fault: { code, detail } }
}
