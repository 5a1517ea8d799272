import { execFileSync } from 'node:child_process'
import { close, constants, open, write } from 'node:fs'
import { lstat, rename, rm, symlink } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReadStream } from 'node:tty'
import { promisify } from 'node:util'
import nodePty from '@lydell/node-pty'
import { Unplugged } from './unplugged.ts'
import type { Wire } from './wire.ts'

/** A full line is offered the rest this often. */
const OFFER_MS = 5

const openFile = promisify(open)
const closeFile = promisify(close)
const writeSome = promisify(write)

/** What `open()` of node-pty gives beside its published types: both ends of a pair that no program runs in. */
interface Pair {
  readonly _pty: string
  readonly fd: number
  readonly _master: ReadStream
  readonly _slave: ReadStream
}
const openPair = (nodePty as unknown as { open(options: { encoding: null }): Pair }).open

/**
 * The device's end of a real pseudo terminal, reachable at `linkPath`, which leads to a new terminal after each `replug`. Unplugging takes
 * the link away and hangs up; bytes that the station has not read by then are lost, as in a pulled cable. (A program started by this process
 * inherits the terminal and keeps it from hanging up; the link is gone all the same.)
 */
export async function openPtyWire(linkPath: string, onBytes: (bytes: Uint8Array) => void): Promise<Wire> {
  let plugged: { readonly pair: Pair; readonly held: number } | null = null
  const address = `serial:${linkPath}`

  async function replug(): Promise<void> {
    if (plugged !== null) return
    const pair = openPair({ encoding: null })
    // The pair's own reader of the station's end would take the bytes from the station. A bare handle in its place keeps the terminal
    // alive while no station has it open.
    const held = await openFile(pair._pty, constants.O_RDWR | constants.O_NOCTTY)
    pair._slave.destroy()
    raw(held)
    pair._master.on('data', (bytes: Buffer) => onBytes(bytes))
    pair._master.on('error', () => undefined)
    await link(pair._pty, linkPath)
    plugged = { pair, held }
  }

  async function unplug(): Promise<void> {
    if (plugged === null) return
    const { pair, held } = plugged
    plugged = null
    await rm(linkPath, { force: true })
    const closed = new Promise((resolve) => pair._master.once('close', resolve))
    pair._master.destroy()
    await Promise.all([closed, closeFile(held)])
  }

  async function send(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      if (plugged === null) throw new Unplugged(address)
      try {
        sent += (await writeSome(plugged.pair.fd, bytes, sent, bytes.length - sent, null)).bytesWritten
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
        await pause(OFFER_MS)
      }
    }
  }

  await replug()
  const hold = (): void => void plugged?.pair._master.pause()
  return { address, send, hold, unplug, replug, close: unplug }
}

/** Makes or moves the link in one step, so that nobody finds it missing; never takes the place of a file that is no link. */
async function link(to: string, path: string): Promise<void> {
  const standing = await lstat(path).catch(() => null)
  if (standing !== null && !standing.isSymbolicLink()) throw new Error(`${path} is there already and is no link`)
  await rm(`${path}.new`, { force: true })
  await symlink(to, `${path}.new`)
  await rename(`${path}.new`, path)
}

/** Without this the terminal would echo what the device sends and change its line ends, as for a person at a keyboard. */
function raw(terminal: number): void {
  execFileSync('stty', ['raw', '-echo'], { stdio: [terminal, 'ignore', 'pipe'] })
}
