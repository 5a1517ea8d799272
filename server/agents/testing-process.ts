import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AgentEvent } from '../../devices/agent/agent.ts'

const WAIT_MS = 60_000
const LOOK_MS = 20
const MAIN = fileURLToPath(new URL('../../devices/agent/main.ts', import.meta.url))

/** Waits until something is so, however slow the machine. */
export async function until<T>(what: string, look: () => Promise<T | null> | T | null, wait_ms = WAIT_MS): Promise<T> {
  const end = Date.now() + wait_ms
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** A real agent process. */
export class AgentProcess {
  readonly child: ChildProcess
  readonly events: AgentEvent[] = []
  /** What its console said. */
  said = ''
  errors = ''
  readonly ended: Promise<number | null>

  constructor(dataDir: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [MAIN, '--page', '0', ...args], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.child.on('message', (event) => this.events.push(event as AgentEvent))
    const { stdout, stderr } = this.child
    if (stdout === null || stderr === null) throw new Error('no pipes')
    createInterface({ input: stdout }).on('line', (line) => {
      this.said += `${line}\n`
      this.events.push(JSON.parse(line) as AgentEvent)
    })
    stderr.on('data', (bytes: Buffer) => {
      this.errors += bytes.toString('utf8')
    })
    this.ended = new Promise((resolve) => this.child.once('close', resolve))
  }

  of<E extends AgentEvent['event']>(event: E): Extract<AgentEvent, { event: E }>[] {
    return this.events.filter((one): one is Extract<AgentEvent, { event: E }> => one.event === event)
  }

  async saw(event: AgentEvent['event'], count = 1): Promise<void> {
    await until(`${count} ${event} of the agent; ${this.errors}`, () => (this.of(event).length >= count ? true : null))
  }

  async deviceReady(device: string): Promise<void> {
    await until(`${device} ready at the agent; ${this.errors}`, () => {
      const last = this.of('device').findLast(({ report }) => report.device === device)
      return last?.report.state.state === 'ready' ? true : null
    })
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    this.child.kill(signal)
    await this.ended
  }
}
