import { setTimeout as pause } from 'node:timers/promises'
import { a0Module } from './rfid-a0.ts'
import { bbModule } from './rfid-bb.ts'
import { noFaults, sequence, spoiled, type RfidFaults } from './rfid-faults.ts'
import { tagField, type TagField } from './rfid-field.ts'
import { uhfreader18Module } from './rfid-uhfreader18.ts'
import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

export type SerialRfidProtocol = 'a0' | 'bb' | 'uhfreader18'

/** What a module's firmware is given to work with. */
export interface Firmware {
  readonly field: TagField
  readonly faults: RfidFaults
  /** Puts one frame on the wire, and says whether it went whole. */
  say(frame: Buffer): Promise<void>
  /** A read of a tag went out; counted when it went whole. */
  sayTag(frame: Buffer, reads?: number): Promise<void>
}

/** Takes commands as bytes; each is carried out before the next. */
export type Module = (firmware: Firmware) => {
  /** How long the command is that begins the bytes, or null when more are needed; 0 passes one byte over. */
  length(bytes: Buffer): number | null
  obey(command: Buffer): Promise<void>
  /** The plug was pulled: all that was set is forgotten. */
  reset(): void
}

export interface EmulatedRfid {
  readonly speaks: SerialRfidProtocol
  readonly address: string
  readonly field: TagField
  readonly faults: RfidFaults
  /** Reads of tags that went whole over the wire. */
  reads(): number
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  sendRaw(bytes: Uint8Array): Promise<void>
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

const MODULES: Readonly<Record<SerialRfidProtocol, Module>> = {
  a0: a0Module,
  bb: bbModule,
  uhfreader18: uhfreader18Module,
}
const TYPED_BYTES_MAX = 4096

/** Starts a UHF reader module that exists only on its wire, with an empty field before it. */
export async function startSerialRfid(options: {
  readonly protocol: SerialRfidProtocol
  readonly listen: string
}): Promise<EmulatedRfid> {
  const field = tagField()
  const faults = noFaults()
  const random = sequence()
  const received = receivedBytes()
  let reads = 0
  let typed = Buffer.alloc(0)
  let work: Promise<void> = Promise.resolve()

  async function put(frame: Buffer): Promise<boolean> {
    if (faults.silent) return false
    const { bytes, whole } = spoiled(frame, faults, random)
    // An answer that nobody is there to hear is lost, as on a real wire.
    const arrived = await wire.send(bytes).then(
      () => true,
      () => false,
    )
    return arrived && whole
  }

  const module = MODULES[options.protocol]({
    field,
    faults,
    async say(frame) {
      await put(frame)
    },
    async sayTag(frame, tags = 1) {
      if (await put(frame)) reads += tags
    },
  })

  const wire = await openWire(options.listen, (bytes) => {
    received.add(bytes)
    typed = Buffer.concat([typed, bytes]).subarray(-TYPED_BYTES_MAX)
    for (;;) {
      const length = module.length(typed)
      if (length === null || length > typed.length) return
      if (length > 0) {
        const command = Buffer.from(typed.subarray(0, length))
        // A command takes its time; what the module does meanwhile (a stop) is its own affair.
        work = work.then(() => pause(1)).then(() => module.obey(command))
      }
      typed = typed.subarray(Math.max(1, length))
    }
  })

  return {
    speaks: options.protocol,
    address: wire.address,
    field,
    faults,
    reads: () => reads,
    received: received.all,
    receivedCount: received.count,
    sendRaw: (bytes) => wire.send(bytes),
    async unplug() {
      await wire.unplug()
      module.reset()
      typed = Buffer.alloc(0)
    },
    replug: () => wire.replug(),
    async close() {
      module.reset()
      await wire.close()
    },
  }
}
