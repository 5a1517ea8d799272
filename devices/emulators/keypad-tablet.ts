import { createServer, type Server, type Socket } from 'node:net'
import { receivedBytes } from './received.ts'

const DONE = 'RecvCmdOK'
/** No command is longer. */
const COMMAND_MAX = 4096

export interface EmulatedTablet {
  readonly address: string
  /**
   * A rater touches a key. `afterPolls` says how many polls come back empty before; `tags` are reasons that later versions send along. A tablet
   * tells each result once.
   */
  press(key: string, options?: { readonly afterPolls?: number; readonly tags?: string; readonly card?: string }): void
  /** A rater leaves name and telephone instead. */
  leaveContact(name: string, phone: string): void
  /** What the tablet shows. */
  shows(): 'welcome' | 'rate'
  /** From now on commands are not answered, or again. */
  silence(silent: boolean): void
  /** The next result is told again at the poll after it, as when the first was lost. */
  repeatNext(): void
  /** The next answer that is longer is cut off after so many characters, as by a loss of power. */
  cutNext(length: number): void
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a Sundyn tablet on a TCP port of the loopback (0 takes a free one): text from S to E, one command a connection, the answer, and then the
 * tablet closes.
 */
export async function startTablet({ port }: { readonly port: number }): Promise<EmulatedTablet> {
  const received = receivedBytes()
  const hosts = new Set<Socket>()
  let held: { result: string; polls: number }[] = []
  let screen: 'welcome' | 'rate' = 'welcome'
  let silent = false
  let repeat = false
  let cut: number | null = null
  let results = 0
  let server: Server | null = await listen(port)
  const taken = server.address()
  if (taken === null || typeof taken === 'string') throw new Error('no TCP address')

  function listen(at: number): Promise<Server> {
    const listening = createServer((host) => {
      hosts.add(host)
      let typed = ''
      host.on('data', (bytes) => {
        received.add(bytes)
        typed = (typed + bytes.toString('utf8')).slice(-COMMAND_MAX)
        if (!silent && /^S.*E$/.test(typed)) host.end(answer(typed))
      })
      host.on('error', () => undefined)
      host.on('close', () => hosts.delete(host))
    })
    return new Promise((resolve, reject) => {
      listening.once('error', reject)
      listening.listen(at, '127.0.0.1', () => resolve(listening))
    })
  }

  function answer(command: string): string {
    const whole = answerTo(command)
    if (cut === null || whole.length <= cut) return whole
    const part = whole.slice(0, cut)
    cut = null
    return part
  }

  function answerTo(command: string): string {
    if (command === 'SE') return poll()
    if (command === 'S01E' || command === 'S02E') {
      screen = command === 'S02E' ? 'rate' : 'welcome'
      return DONE
    }
    if (command === 'S99||0||E') return 'S99||Version=3.1||mac||02:00:00:00:00:01||E'
    return DONE
  }

  function poll(): string {
    const [next] = held
    if (next === undefined) return ''
    if (next.polls > 0) {
      next.polls -= 1
      return ''
    }
    if (repeat) repeat = false
    else held = held.slice(1)
    screen = 'welcome'
    return `${next.result}${DONE}`
  }

  async function unplug(): Promise<void> {
    if (server === null) return
    const closed = new Promise((resolve) => server?.close(resolve))
    server = null
    for (const host of hosts) host.destroy()
    await closed
  }

  return {
    address: `tcp://127.0.0.1:${taken.port}`,
    press(key, { afterPolls = 0, tags = '', card = '1001' } = {}) {
      results += 1
      const time = `2026-11-21 09:${String(results % 60).padStart(2, '0')}:00`
      const fields = ['S02', card, key, '', '12', time, '', '', '', ...(tags === '' ? [] : ['', '', tags]), 'E']
      held.push({ result: fields.join('||'), polls: afterPolls })
    },
    leaveContact(name, phone) {
      held.push({ result: ['S02', '02:00:00:00:00:01', '09:00', name, phone, '', 'E'].join('||'), polls: 0 })
    },
    shows: () => screen,
    silence(now) {
      silent = now
    },
    repeatNext() {
      repeat = true
    },
    cutNext(length) {
      cut = length
    },
    received: received.all,
    receivedCount: received.count,
    unplug,
    async replug() {
      screen = 'welcome'
      server ??= await listen(taken.port)
    },
    close: unplug,
  }
}
