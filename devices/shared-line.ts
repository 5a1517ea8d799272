import { PortClosed, type OpenPort, type Port, type PortEvents } from './port.ts'
import type { DeviceConfig } from './reading.ts'

/** Whether a device of this configuration may share its line with others, each with a number of its own. */
export function hangsOnLine({ kind, protocol, address }: Pick<DeviceConfig, 'kind' | 'protocol' | 'address'>): boolean {
  return address !== undefined && (kind === 'keypad' || kind === 'relay' || protocol === 'multi-drop')
}

interface Line {
  readonly port: Promise<Port>
  readonly members: Map<string, PortEvents>
  /** The turns taken so far, one after the other. */
  turns: Promise<unknown>
}

/** Opens a port for one of the devices on it. `unit` names the device on its line: a second one of the same name is refused. */
export type OpenShared = (address: string, unit: string, events: PortEvents) => Promise<Port>

/**
 * Lets several devices, each with its own number, hang on one line (RS-485): the port is opened for the first of them and closed with the last,
 * every one hears all bytes, writes leave one after the other, and who waits for an answer can have the line to himself meanwhile. To each of them
 * it is a port of its own; see `Port` for what it promises.
 */
export function sharedLines(openPort: OpenPort): OpenShared {
  const lines = new Map<string, Line>()

  function lineAt(address: string): Line {
    const known = lines.get(address)
    if (known !== undefined) return known
    const members = new Map<string, PortEvents>()
    const line: Line = {
      members,
      turns: Promise.resolve(),
      port: openPort(
        address,
        {
          onBytes(bytes) {
            const heard = [...members.values()]
            if (heard.length === 1) return heard[0]?.onBytes(bytes)
            // Byte by byte, so that what two devices said is told in the order in which they said it.
            for (let at = 0; at < bytes.length; at += 1)
              for (const member of heard) member.onBytes(bytes.subarray(at, at + 1))
          },
          onClose(fault) {
            forget(address, line)
            for (const [unit, member] of [...members]) {
              members.delete(unit)
              member.onClose(fault)
            }
          },
        },
        { watched: true },
      ),
    }
    lines.set(address, line)
    return line
  }

  function forget(address: string, line: Line): void {
    if (lines.get(address) === line) lines.delete(address)
  }

  return async (address, unit, events) => {
    const line = lineAt(address)
    const { members } = line
    if (members.has(unit)) throw new PortClosed({ code: 'port-busy', detail: `${unit} is on this line already` })
    members.set(unit, events)
    let port: Port
    try {
      port = await line.port
    } catch (error) {
      members.delete(unit)
      forget(address, line)
      throw error
    }
    return {
      write: (bytes, deadline_ms) =>
        members.get(unit) === events
          ? port.write(bytes, deadline_ms)
          : Promise.reject(new PortClosed({ code: 'port-gone', detail: 'the port is closed' })),
      turn(deed) {
        const done = line.turns.then(deed)
        line.turns = done.catch(() => undefined)
        return done
      },
      async close() {
        if (members.get(unit) !== events) return
        members.delete(unit)
        if (members.size === 0) {
          forget(address, line)
          await port.close()
        }
        events.onClose(null)
      },
    }
  }
}
