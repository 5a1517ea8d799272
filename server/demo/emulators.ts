import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmulatedBadgeReader, startBadgeReader } from '../../devices/emulators/badge.ts'
import { type EmulatedKeypadBus, startKeypadBus } from '../../devices/emulators/keypad.ts'
import { type EmulatedPrinter, startLabelPrinter } from '../../devices/emulators/label-printer.ts'
import { type EmulatedOfficePrinter, startOfficePrinter } from '../../devices/emulators/office-printer.ts'
import { type EmulatedLockBoard, startLockBoard } from '../../devices/emulators/relay.ts'
import { type EmulatedLlrpReader, startLlrpReader } from '../../devices/emulators/rfid-llrp.ts'
import { type EmulatedRfid, startSerialRfid } from '../../devices/emulators/rfid-serial.ts'
import { type EmulatedScale, startScale } from '../../devices/emulators/scale.ts'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import type { DeviceConfig, StationConfig } from '../../devices/reading.ts'

/** An emulated device with what a hand can do to it. The server reaches it only through its pseudo terminal or socket. */
export type Emulator =
  | { readonly kind: 'scanner'; readonly station: string; readonly device: EmulatedScanner }
  | { readonly kind: 'badge'; readonly station: string; readonly device: EmulatedBadgeReader }
  | { readonly kind: 'scale'; readonly station: string; readonly device: EmulatedScale }
  | { readonly kind: 'rfid'; readonly station: string; readonly device: EmulatedRfid }
  | { readonly kind: 'gate'; readonly station: string; readonly device: EmulatedLlrpReader }
  /** A board with a siren, and the lock of the door. */
  | { readonly kind: 'siren'; readonly station: string; readonly device: EmulatedLockBoard }
  | { readonly kind: 'label-printer'; readonly station: string; readonly device: EmulatedPrinter }
  | { readonly kind: 'office-printer'; readonly station: string; readonly device: EmulatedOfficePrinter }
  /** One window's pads on a line that may carry others. */
  | { readonly kind: 'keypad'; readonly station: string; readonly window: number; readonly device: EmulatedKeypadBus }

/** The output of its board that a siren hangs on. */
export const SIREN = 1
/** The lock of the door, on the same board: two open it at the bench. */
const DOOR_LOCK = 2

export interface DemoDevices {
  readonly emulators: ReadonlyMap<string, Emulator>
  /** The stations that these devices stand on, as `STATIONS_FILE` would name them. */
  readonly stations: readonly StationConfig[]
  /** Where those on a serial line stand as an operating system would name them, in place of `/dev`. */
  readonly folder: string
  close(): Promise<void>
}

/**
 * Starts a bench with a scanner, a badge reader, a scale, a ZPL printer and a reader of tags, a desk with a scanner, a TSPL printer, a reader that
 * writes tags and an office printer for papers, a store's door with a gate that reads tags and a siren, and two service counters whose rating keypads hang on one line.
 */
export async function startDemoDevices(folder: string): Promise<DemoDevices> {
  const serial = join(folder, 'dev', 'serial', 'by-id')
  await mkdir(serial, { recursive: true })
  // Pseudo terminals are a thing of Unix; elsewhere the same bytes go through a socket.
  const line = (name: string): string => (process.platform === 'linux' ? `pty:${join(serial, `usb-${name}`)}` : 'tcp:0')
  const [scanner, badge, scale, printer, reader, deskScanner, deskPrinter, deskReader, office, gate, siren, pads] =
    await Promise.all([
      startScanner({ listen: line('scanner-1') }),
      startBadgeReader({ protocol: 'line', listen: line('badge-1') }),
      startScale({ listen: 'tcp:0' }),
      startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 100, heightMm: 60, listen: 'tcp:0' }),
      startSerialRfid({ protocol: 'a0', listen: 'tcp:0' }),
      startScanner({ listen: 'tcp:0' }),
      startLabelPrinter({ protocol: 'tspl', dpi: 300, widthMm: 60, heightMm: 40, listen: 'tcp:0' }),
      startSerialRfid({ protocol: 'a0', listen: 'tcp:0' }),
      startOfficePrinter({ protocol: 'ipp' }),
      startLlrpReader({ listen: 'tcp:0' }),
      startLockBoard({ listen: 'tcp:0', locks: DOOR_LOCK }),
      startKeypadBus({ listen: line('keypads') }),
    ])
  const emulators = new Map<string, Emulator>([
    ['scanner-1', { kind: 'scanner', station: 'bench-1', device: scanner }],
    ['badge-1', { kind: 'badge', station: 'bench-1', device: badge }],
    ['scale-1', { kind: 'scale', station: 'bench-1', device: scale }],
    ['printer-1', { kind: 'label-printer', station: 'bench-1', device: printer }],
    ['rfid-1', { kind: 'rfid', station: 'bench-1', device: reader }],
    ['scanner-2', { kind: 'scanner', station: 'desk-1', device: deskScanner }],
    ['printer-2', { kind: 'label-printer', station: 'desk-1', device: deskPrinter }],
    ['rfid-2', { kind: 'rfid', station: 'desk-1', device: deskReader }],
    ['office-1', { kind: 'office-printer', station: 'desk-1', device: office }],
    ['gate-1', { kind: 'gate', station: 'door-1', device: gate }],
    ['siren-1', { kind: 'siren', station: 'door-1', device: siren }],
    ['keypad-1', { kind: 'keypad', station: 'counter-1', window: 1, device: pads }],
    ['keypad-2', { kind: 'keypad', station: 'counter-2', window: 2, device: pads }],
  ])
  const bench: DeviceConfig[] = [
    { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: scanner.address },
    { id: 'badge-1', kind: 'badge', protocol: 'line', port: badge.address },
    { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: scale.address },
    { id: 'printer-1', kind: 'label-printer', protocol: 'zpl', port: printer.address, dpi: 203, stock: '100x60' },
    { id: 'rfid-1', kind: 'rfid', protocol: 'a0', port: reader.address },
  ]
  const desk: DeviceConfig[] = [
    { id: 'scanner-2', kind: 'scanner', protocol: 'line', port: deskScanner.address },
    { id: 'printer-2', kind: 'label-printer', protocol: 'tspl', port: deskPrinter.address, dpi: 300, stock: '60x40' },
    { id: 'rfid-2', kind: 'rfid', protocol: 'a0', port: deskReader.address },
    { id: 'office-1', kind: 'office-printer', protocol: 'ipp', port: office.address },
  ]
  const door: DeviceConfig[] = [
    { id: 'gate-1', kind: 'rfid', protocol: 'llrp', port: gate.address, role: 'gate', antennas: [1, 2] },
    {
      id: 'siren-1',
      kind: 'relay',
      protocol: 'lock',
      port: siren.address,
      locked: '11',
      locks: DOOR_LOCK,
      siren: SIREN,
    },
  ]
  const keypad = (address: number): DeviceConfig[] => [
    { id: `keypad-${address}`, kind: 'keypad', protocol: 'ff68', port: pads.address, address },
  ]
  return {
    emulators,
    folder: join(folder, 'dev'),
    stations: [
      { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices: bench },
      { id: 'desk-1', name: '一室登记台', kind: 'desk', place: 'dept-1', devices: desk },
      { id: 'door-1', name: '一号库门', kind: 'door', place: 'store-1', devices: door },
      { id: 'counter-1', name: '1号窗口', kind: 'counter', place: 'hall-1', devices: keypad(1) },
      { id: 'counter-2', name: '2号窗口', kind: 'counter', place: 'hall-1', devices: keypad(2) },
    ],
    close: async () => {
      await Promise.all([...emulators.values()].map(({ device }) => device.close()))
    },
  }
}
