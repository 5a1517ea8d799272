import { setTimeout as pause } from 'node:timers/promises'
import { attach, type AttachmentOptions } from './attachment.ts'
import { cardReader } from './badge/card-reader.ts'
import { lineBadgeReader } from './badge/line-reader.ts'
import type { DeviceDriver } from './driver.ts'
import type { Keypad } from './keypad/keypad.ts'
import { openKeypad, type KeypadListener } from './keypad/open-keypad.ts'
import { keypadSettings } from './keypad/settings.ts'
import type { RoundLimits } from './keypad/rounds.ts'
import { openIppPrinter } from './office/ipp-printer.ts'
import type { OfficePrinter } from './office/office-printer.ts'
import { openRawPrinter } from './office/raw-printer.ts'
import { watchOffice } from './office/watch.ts'
import { type OpenPort, parsePortAddress } from './port.ts'
import { openPrinter, type PrinterDriver, type PrinterProtocol } from './printer/driver.ts'
import { watchPrinter } from './printer-watch.ts'
import type { CountName, DeviceConfig, DeviceState, Fault, ReadingValue, TagSeen } from './reading.ts'
import { lockBoard, type LockBoard } from './relay/lock-board.ts'
import { lockBoardSettings } from './relay/settings.ts'
import { rfidReader } from './rfid/open-reader.ts'
import { rfidOptions } from './rfid/options.ts'
import type { RfidReader } from './rfid/reader.ts'
import { openScale, type Scale } from './scale/scale.ts'
import { scaleProtocol } from './scale/settings.ts'
import { scannerDriver } from './scanner/driver.ts'
import type { Scanner } from './scanner/scanner.ts'
import { lineSettings, wrongScannerSettings } from './scanner/settings.ts'

export interface DeviceOutlet {
  readonly openPort: OpenPort
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onReading: (raw: Uint8Array, value: ReadingValue) => string
  readonly onTag: (raw: Uint8Array, seen: TagSeen) => void
  readonly onCount: (what: CountName, by: number) => void
  readonly onState: (state: DeviceState) => void
  /** Hears a keypad: what raters press goes here and nowhere else. */
  readonly keypad: (limits: RoundLimits) => KeypadListener
}

/** A device that is kept open; what it can be asked depends on what it is. */
export type Device =
  | { readonly can: 'tell'; close(): Promise<void> }
  | { readonly can: 'scan'; scanner(): Scanner | Fault; close(): Promise<void> }
  | { readonly can: 'weigh'; scale(): Scale | Fault; close(): Promise<void> }
  | { readonly can: 'read-tags'; reader(): RfidReader | Fault; close(): Promise<void> }
  | { readonly can: 'rate'; keypad(): Keypad | Fault; close(): Promise<void> }
  | { readonly can: 'unlock'; board(): LockBoard | Fault; close(): Promise<void> }
  | { readonly can: 'print'; readonly printer: PrinterDriver; close(): Promise<void> }
  | { readonly can: 'print-pages'; readonly printer: OfficePrinter; close(): Promise<void> }

/** Opens the device that a configuration describes, and keeps it open. One whose protocol has no driver is `faulty` and says so. */
export function openDevice(config: DeviceConfig, outlet: DeviceOutlet): Device {
  switch (config.kind) {
    case 'scanner': {
      const wrong = wrongScannerSettings(config)
      if (wrong !== null) return ill(wrong, outlet)
      const drive = scannerDriver(config)
      return drive === null ? without(config, outlet) : scanner(config, outlet, drive)
    }
    case 'badge': {
      const wrong = wrongScannerSettings(config)
      if (wrong !== null) return ill(wrong, outlet)
      const { wiegand, wiegand_bits = 26 } = config
      const card = wiegand === undefined ? null : { form: wiegand, bits: wiegand_bits }
      if (config.protocol === 'line')
        return teller(config, outlet, (one) => lineBadgeReader(one, lineSettings(config), card))
      if (config.protocol === 'frame') return teller(config, outlet, cardReader)
      return without(config, outlet)
    }
    case 'scale':
      return scale(config, outlet)
    case 'label-printer':
      return config.protocol === 'zpl' || config.protocol === 'tspl' || config.protocol === 'escpos'
        ? printer(config, config.kind, config.protocol, outlet)
        : without(config, outlet)
    case 'receipt-printer':
      return config.protocol === 'escpos' || config.protocol === 'star'
        ? printer(config, config.kind, config.protocol, outlet)
        : without(config, outlet)
    case 'office-printer':
      return officePrinter(config, outlet)
    case 'rfid':
      return rfid(config, outlet)
    case 'keypad':
      return keypad(config, outlet)
    case 'relay':
      return relay(config, outlet)
  }
}

function teller(config: DeviceConfig, outlet: DeviceOutlet, drive: AttachmentOptions<DeviceDriver>['drive']): Device {
  const { close } = attach({ ...outlet, address: config.port, drive })
  return { can: 'tell', close }
}

function scanner(config: DeviceConfig, outlet: DeviceOutlet, drive: AttachmentOptions<Scanner>['drive']): Device {
  const { driver, close } = attach({ ...outlet, address: config.port, drive })
  return {
    can: 'scan',
    scanner() {
      const now = driver()
      return now.driver ?? now.fault
    },
    close,
  }
}

function scale(config: DeviceConfig, outlet: DeviceOutlet): Device {
  const protocol = scaleProtocol(config)
  if (protocol === null) return without(config, outlet)
  const { driver, close } = attach({ ...outlet, address: config.port, drive: (one) => openScale(one, protocol) })
  return {
    can: 'weigh',
    scale() {
      const now = driver()
      return now.driver ?? now.fault
    },
    close,
  }
}

function keypad(config: DeviceConfig, outlet: DeviceOutlet): Device {
  const settings = keypadSettings(config)
  if (typeof settings === 'string') return ill(settings, outlet)
  return { can: 'rate', ...openKeypad(settings, config.port, { ...outlet, keypad: outlet.keypad(settings.limits) }) }
}

/** What a reader may take to stop before its port is closed. */
const LEAVE_MS = 2000

function rfid(config: DeviceConfig, outlet: DeviceOutlet): Device {
  const { protocol, settings, wrong } = rfidOptions(config)
  if (wrong !== null) return ill(wrong, outlet)
  const { driver, close } = attach({
    ...outlet,
    address: config.port,
    drive: (one) => rfidReader(protocol, { ...one, tag: outlet.onTag, now: outlet.now }, settings),
  })
  return {
    can: 'read-tags',
    reader() {
      const now = driver()
      return now.driver ?? now.fault
    },
    async close() {
      const enough = new AbortController()
      const patience = pause(LEAVE_MS, undefined, { signal: enough.signal }).catch(() => undefined)
      await Promise.race([driver().driver?.leave(), patience])
      enough.abort()
      await close()
    },
  }
}

function relay(config: DeviceConfig, outlet: DeviceOutlet): Device {
  if (config.protocol !== 'lock') return without(config, outlet)
  const settings = lockBoardSettings(config)
  if (typeof settings === 'string') return ill(settings, outlet)
  const { driver, close } = attach({ ...outlet, address: config.port, drive: (one) => lockBoard(one, settings) })
  return {
    can: 'unlock',
    board() {
      const now = driver()
      return now.driver ?? now.fault
    },
    close,
  }
}

function printer(
  config: DeviceConfig,
  kind: 'label-printer' | 'receipt-printer',
  protocol: PrinterProtocol,
  { openPort, now, onState }: DeviceOutlet,
): Device {
  onState({ state: 'opening' })
  const driver = openPrinter({
    kind,
    protocol,
    address: config.port,
    openPort,
    now,
    onState,
    ...(config.cut === undefined ? {} : { cut: config.cut }),
    tspl: { dotsPerMm: dotsPerMm(config.dpi), gap_mm: 2, blackBit: 0 },
  })
  const watch = watchPrinter(driver)
  return {
    can: 'print',
    printer: driver,
    async close() {
      watch.stop()
      await driver.close()
    },
  }
}

/** Where most printers take IPP jobs. */
const IPP_PATH = '/ipp/print'

function officePrinter(config: DeviceConfig, outlet: DeviceOutlet): Device {
  const { openPort, now, onState } = outlet
  const { port: address, protocol, path = IPP_PATH, fingerprint = null } = config
  const where = parsePortAddress(address)
  if (where.carrier !== 'tcp') return ill('port: an office printer is on the network', outlet)
  if (protocol !== 'ipp' && protocol !== 'ipps' && protocol !== 'raw') return without(config, outlet)
  onState({ state: 'opening' })
  const trust = protocol === 'ipps' ? { fingerprint } : null
  const printer =
    protocol === 'raw'
      ? openRawPrinter({ address, openPort, now })
      : openIppPrinter({ address: where, path, trust, now })
  const watch = watchOffice(printer, onState)
  return {
    can: 'print-pages',
    printer,
    async close() {
      watch.stop()
      await printer.close()
    },
  }
}

function without({ kind, protocol }: DeviceConfig, outlet: DeviceOutlet): Device {
  return ill(`no driver for a ${kind} that speaks ${protocol}`, outlet)
}

/** A device that cannot be opened as it is configured. */
function ill(detail: string, { onState }: DeviceOutlet): Device {
  onState({ state: 'faulty', fault: { code: 'protocol', detail } })
  return { can: 'tell', close: () => Promise.resolve() }
}

function dotsPerMm(dpi: number | undefined): 8 | 12 | 24 {
  if (dpi === 600) return 24
  return dpi === 300 ? 12 : 8
}
