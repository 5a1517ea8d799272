import type { Feedback, ScannerOrder } from '../reading.ts'

export type LineCommands = { readonly [what in Feedback | ScannerOrder]?: Uint8Array }

/** GM65 and its kin: `7E 00`, write one byte to a register; `AB CD` in place of the CRC asks for no check. */
function gm65(register: number, value: number): Uint8Array {
  return Uint8Array.of(0x7e, 0x00, 0x08, 0x01, 0x00, register, value, 0xab, 0xcd)
}

function text(bytes: string): Uint8Array {
  return Uint8Array.from(Buffer.from(bytes, 'latin1'))
}

/**
 * What scanners in line mode can be told, by family. None of them answers, but for the GM65, whose answer stands in the stream of codes and
 * is taken out of it. A good read is heard already: the scanner beeps when it decodes.
 */
export const LINE_COMMANDS = {
  /** Single bytes of the Datalogic, PSC and Magellan host commands; `F` is "not on file", a row of long beeps, after which some wait for `E`. */
  datalogic: { bad: text('FE'), enable: text('E'), disable: text('D'), trigger: text('T'), release: text('X') },
  /** `#@////` CR sounds the beeper. */
  cipherlab: { bad: text('#@////\r'), enable: text('E'), disable: text('D') },
  gm65: { trigger: gm65(0x02, 0x01), release: gm65(0x02, 0x00) },
} as const satisfies Record<string, LineCommands>
