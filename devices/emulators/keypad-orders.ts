import { startKeypadBus } from './keypad.ts'
import { startPad } from './keypad-pad.ts'
import { startTablet } from './keypad-tablet.ts'

export const KEYPAD_PROTOCOLS = ['ff68', 'sundyn', 'keys', 'keys-serial'] as const

type Order = Readonly<Record<string, unknown>>

/** An emulated keypad, and what it takes from a shell: deeds by the first field of their order. */
export interface OrderedKeypad {
  readonly address: string
  readonly deeds: Readonly<Record<string, (order: Order) => unknown>>
  readonly device: { unplug(): Promise<void>; replug(): Promise<void>; close(): Promise<void> }
}

/**
 * Starts the keypad of a protocol that takes orders as objects.
 * @throws RangeError for a tablet that is to listen anywhere but on a TCP port
 */
export async function startOrderedKeypad(
  protocol: (typeof KEYPAD_PROTOCOLS)[number],
  listen: string,
): Promise<OrderedKeypad> {
  switch (protocol) {
    case 'ff68': {
      const device = await startKeypadBus({ listen })
      const window = (order: Order): number => (order['window'] === undefined ? 1 : Number(order['window']))
      return {
        address: device.address,
        device,
        deeds: {
          press: ({ press, ...order }) => device.press(window(order), Number(press), order),
          clerk: ({ clerk, ...order }) => device.clerk(window(order), hex(clerk), order),
          collide: ({ collide, with: other }) =>
            device.collide({ window: 1, key: Number(collide) }, { window: 2, key: Number(other) }),
          echo: ({ echo }) => device.echo(echo === true),
          raw: ({ raw }) => device.sendRaw(Uint8Array.from(hex(raw))),
          state: (order) => ({
            answers: device.answers(window(order)),
            echoes: device.echoes(window(order)),
            shows: device.shows(window(order)),
            stars: device.stars(window(order)),
          }),
        },
      }
    }
    case 'sundyn': {
      const port = /^tcp:(\d{1,5})$/.exec(listen)?.[1]
      if (port === undefined) throw new RangeError('a tablet listens at tcp:PORT')
      const device = await startTablet({ port: Number(port) })
      return {
        address: device.address,
        device,
        deeds: {
          press: ({ press, ...order }) => device.press(String(press), order),
          contact: ({ contact, phone }) => device.leaveContact(String(contact), String(phone)),
          silent: ({ silent }) => device.silence(silent === true),
          repeatNext: () => device.repeatNext(),
          cutNext: ({ cutNext }) => device.cutNext(Number(cutNext)),
          state: () => ({ shows: device.shows() }),
        },
      }
    }
    case 'keys':
    case 'keys-serial': {
      const device = await startPad({ input: protocol === 'keys' ? 'evdev' : 'bytes', listen })
      return {
        address: device.address,
        device,
        deeds: {
          press: ({ press, ...order }) => device.press(Number(press), order),
          raw: ({ raw }) => device.sendRaw(Uint8Array.from(hex(raw))),
        },
      }
    }
  }
}

function hex(text: unknown): number[] {
  if (typeof text !== 'string' || !/^[0-9A-Fa-f]{2}( [0-9A-Fa-f]{2})*$/.test(text))
    throw new RangeError('bytes are written like "01 0B"')
  return text.split(' ').map((digits) => Number.parseInt(digits, 16))
}
