import type { Firmware, FirmwareSurroundings } from './printer-firmware.ts'
import { firstRows, readPng } from './printer-picture.ts'

/** A format longer than this fills the receive buffer of a printer; it is given up. */
const BUFFER_BYTES = 4 * 1024 * 1024
/** A tilde and two letters. */
const CONTROL_BYTES = 3
const STX = '\x02'
const ETX = '\x03'

/**
 * The firmware of an emulated ZPL II printer. Control commands (`~HS ~HI ~JA ~PP ~PS`) are carried out when they arrive, formats
 * (`^XA` .. `^XZ`) one after the other; a label on which the paper ended is printed again from its start when there is paper, as the
 * language's `^JZY` has it by default. Formats are drawn by a renderer that knows nothing of our drivers.
 */
export function zplFirmware({ mechanism, page, dotsPerMm, reply }: FirmwareSurroundings): Firmware {
  /** A control command of which not all has arrived. */
  let held = ''
  /** What has arrived of the next format. */
  let pending = ''
  let labelsLeft = 0

  function push(bytes: Uint8Array): void {
    held += Buffer.from(bytes).toString('latin1')
    for (let tilde = held.indexOf('~'); tilde >= 0; tilde = held.indexOf('~')) {
      takeFormats(held.slice(0, tilde))
      held = held.slice(tilde)
      if (held.length < CONTROL_BYTES) return
      const command = held.slice(1, CONTROL_BYTES)
      held = held.slice(CONTROL_BYTES)
      control(command)
    }
    takeFormats(held)
    held = ''
  }

  function takeFormats(text: string): void {
    pending += text
    for (let end = pending.indexOf('^XZ'); end >= 0; end = pending.indexOf('^XZ')) {
      const format = pending.slice(0, end + '^XZ'.length)
      pending = pending.slice(format.length)
      const start = format.lastIndexOf('^XA')
      if (start >= 0) print(format.slice(start))
    }
    if (pending.length > BUFFER_BYTES) pending = ''
  }

  function print(format: string): void {
    const copies = Number(/\^PQ(\d+)/.exec(format)?.[1] ?? 1)
    mechanism.enqueue(async (paper) => {
      labelsLeft = copies
      const picture = await draw(format)
      const job = Buffer.from(format, 'latin1')
      while (labelsLeft > 0) {
        const fed = await paper.feed(picture.height)
        const whole = fed === picture.height
        await paper.drop(firstRows(picture, fed), whole, job)
        if (whole) labelsLeft -= 1
      }
    })
  }

  async function draw(format: string) {
    const { ready } = await import('zpl-renderer-js')
    const { api } = await ready
    // The renderer centres a label that is narrower than its paper; a printer begins at the left edge.
    const width = Number(/\^PW(\d+)/.exec(format)?.[1] ?? page.width)
    const png = await api.zplToBase64Async(format, width / dotsPerMm, page.height / dotsPerMm, dotsPerMm)
    return await readPng(Buffer.from(png, 'base64'), page.width, page.height)
  }

  function control(command: string): void {
    switch (command) {
      case 'HS':
        return answer(...hostStatus())
      case 'HI':
        return answer(`CH-EMU-${dotsPerMm}DPMM,V1.0.0,${dotsPerMm},8192KB`)
      case 'JA':
        mechanism.cancel()
        pending = ''
        labelsLeft = 0
        return
      case 'PP':
        return mechanism.set({ paused: true })
      case 'PS':
        return mechanism.set({ paused: false })
    }
  }

  function hostStatus(): string[] {
    const { paperOut, paused, headOpen, ribbonOut, tooHot } = mechanism.conditions
    const flag = (on: boolean): string => (on ? '1' : '0')
    const waiting = Math.max(0, mechanism.underWay - 1)
    const remaining = mechanism.underWay > 0 ? Math.max(1, labelsLeft) : 0
    const partial = pending.includes('^XA')
    return [
      `030,${flag(paperOut)},${flag(paused)},${padded(page.height, 4)},${padded(waiting, 3)},0,0,${flag(partial)},000,0,0,${flag(tooHot)}`,
      `001,0,${flag(headOpen)},${flag(ribbonOut)},1,2,6,0,${padded(remaining, 8)},1,000`,
      '0000,0',
    ]
  }

  function answer(...strings: string[]): void {
    reply(Buffer.from(strings.map((text) => `${STX}${text}${ETX}\r\n`).join(''), 'latin1'))
  }

  return { push }
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
