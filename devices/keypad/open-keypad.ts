import { attach } from '../attachment.ts'
import type { OpenPort } from '../port.ts'
import type { CountName, DeviceState, Fault, ReadingValue } from '../reading.ts'
import { busKeypad } from './bus-keypad.ts'
import type { Keypad, KeypadOutlet } from './keypad.ts'
import { padKeypad } from './pad-keypad.ts'
import type { KeypadSettings } from './settings.ts'
import { sundynKeypad } from './sundyn-keypad.ts'

/** Who hears a keypad, and that for a while nobody could press it. */
export type KeypadListener = KeypadOutlet & { gone(): void }

export interface KeypadDeviceOutlet {
  readonly openPort: OpenPort
  readonly onReading: (raw: Uint8Array, value: ReadingValue) => string
  readonly onCount: (what: CountName, by: number) => void
  readonly onState: (state: DeviceState) => void
  readonly keypad: KeypadListener
}

/** Opens a keypad and keeps it open. */
export function openKeypad(
  { profile, address }: KeypadSettings,
  port: string,
  outlet: KeypadDeviceOutlet,
): { keypad(): Keypad | Fault; close(): Promise<void> } {
  const heard = { ...outlet, onState }

  function onState(state: DeviceState): void {
    if (state.state === 'faulty' || state.state === 'gone') outlet.keypad.gone()
    outlet.onState(state)
  }

  function attached(drive: Parameters<typeof attach<ReturnType<typeof busKeypad>>>[0]['drive']) {
    const { driver, close } = attach({ ...heard, address: port, drive })
    return {
      keypad() {
        const now = driver()
        return now.driver ?? now.fault
      },
      close,
    }
  }

  switch (profile.protocol) {
    case 'ff68':
      return attached((one) => busKeypad(one, outlet.keypad, { profile, address }))
    case 'keys':
      return attached((one) => padKeypad(one, outlet.keypad, profile))
    case 'sundyn': {
      const tablet = sundynKeypad({ ...heard, address: port, profile })
      return { keypad: () => tablet, close: tablet.close }
    }
  }
}
