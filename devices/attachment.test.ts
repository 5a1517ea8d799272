import { afterEach, describe, expect, test, vi } from 'vitest'
import { attach, type Attachment } from './attachment.ts'
import type { DeviceDriver, DriverOutlet } from './driver.ts'
import { PortClosed, type OpenPort, type PortEvents } from './port.ts'
import type { DeviceState, Fault } from './reading.ts'

const closings: Attachment<DeviceDriver>[] = []
afterEach(async () => {
  for (const one of closings.splice(0)) await one.close()
})

const wait = { timeout: 5000, interval: 5 }

/** An attachment whose port is in the hands of the test. */
function inHand(openPort: OpenPort) {
  const states: DeviceState[] = []
  const outlets: DriverOutlet[] = []
  const lives: string[] = []
  const attachment = attach({
    address: 'tcp://127.0.0.1:4001',
    openPort,
    drive(outlet) {
      outlets.push(outlet)
      return {
        opened: () => lives.push('opened'),
        bytes: () => undefined,
        closed: (fault) => lives.push(`closed ${fault?.code ?? 'by us'}`),
      }
    },
    onReading: () => 'reading',
    onCount: () => undefined,
    onState: (state) => states.push(state),
  })
  closings.push(attachment)
  return { attachment, states, outlets, lives }
}

/** A port that opens each time, and closes when it is told to. */
function willingPort() {
  const openings: { readonly at_ms: number; readonly events: PortEvents }[] = []
  const openPort: OpenPort = (_address, events) => {
    openings.push({ at_ms: performance.now(), events })
    let open = true
    return Promise.resolve({
      write: () => Promise.resolve(),
      close() {
        if (open) events.onClose(null)
        open = false
        return Promise.resolve()
      },
    })
  }
  return { openings, openPort }
}

describe('an attached device', () => {
  test('is opened again ever more slowly when its port does not stay', async () => {
    const { openings, openPort } = willingPort()
    const { lives } = inHand(openPort)
    for (let nth = 1; nth <= 3; nth += 1) {
      await vi.waitFor(() => expect(lives.filter((one) => one === 'opened')).toHaveLength(nth), wait)
      openings[nth - 1]?.events.onClose({ code: 'port-gone', detail: 'pulled' })
    }
    const [first, second, third] = openings.map(({ at_ms }) => at_ms)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(240)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(490)
    expect(lives.slice(0, 2)).toEqual(['opened', 'closed port-gone'])
  })

  test('whose driver gives its port up stays faulty and is opened again', async () => {
    const { openings, openPort } = willingPort()
    const { states, outlets, lives } = inHand(openPort)
    await vi.waitFor(() => expect(lives).toEqual(['opened']), wait)
    const silent: Fault = { code: 'no-answer', detail: 'nothing' }
    outlets[0]?.health(null)
    outlets[0]?.health(silent)
    outlets[0]?.giveUp(silent)
    await vi.waitFor(() => expect(openings).toHaveLength(2), wait)
    expect(states).toEqual([{ state: 'opening' }, { state: 'ready' }, { state: 'faulty', fault: silent }])
  })

  test('has a driver only while its port is open', async () => {
    const { openings, openPort } = willingPort()
    const { attachment, outlets, lives } = inHand(openPort)
    expect(attachment.driver()).toMatchObject({ driver: null, fault: { code: 'port-gone' } })
    await vi.waitFor(() => expect(lives).toEqual(['opened']), wait)
    expect(attachment.driver().driver).not.toBeNull()
    openings[0]?.events.onClose({ code: 'port-gone', detail: 'pulled' })
    expect(attachment.driver().driver).toBeNull()
    await expect(outlets[0]?.write(new Uint8Array(1), 100)).rejects.toThrow(PortClosed)
  })

  test('that is closed while it opens closes what it opened, and tells nothing', async () => {
    const opening = Promise.withResolvers<void>()
    const { openings, openPort } = willingPort()
    const { attachment, states, lives } = inHand(async (address, events) => {
      await opening.promise
      return await openPort(address, events)
    })
    const closed = attachment.close()
    opening.resolve()
    await closed
    expect(openings).toHaveLength(1)
    expect(lives).toEqual(['closed by us'])
    expect(states).toEqual([{ state: 'opening' }])
  })
})
