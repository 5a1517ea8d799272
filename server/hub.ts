import type { ConnectionConfig, Db } from './database/connect.ts'
import { listen } from './database/listen.ts'
import type { Log } from './database/log.ts'
import { LEDGER_CHANNEL } from './ledger/append.ts'
import { entryPages, readRegisters } from './ledger/read.ts'

/** A hint that a register has grown. What it means is read from the tables: `seq` is the truth, the message only says where to look. */
export interface LedgerHint {
  readonly register: string
  readonly seq: number
  readonly type: string
  readonly subject: string
  readonly at: string
}

export interface Hub {
  /** Every entry from now on, each once, in the order of its register. Returns the way to leave. */
  subscribe(onHint: (hint: LedgerHint) => void): () => void
  close(): Promise<void>
}

/** Beneath NOTIFY lies a slow poll: a lost notice delays a screen, it never leaves it wrong. */
const POLL_MS = 5_000

/** Fans committed entries out to this process's screens. One listening connection, whatever the number of screens. */
export async function openHub({ db, config, log }: { db: Db; config: ConnectionConfig; log: Log }): Promise<Hub> {
  const subscribers = new Set<(hint: LedgerHint) => void>()
  const known = new Map((await readRegisters(db)).map(({ id, size }) => [id, size]))
  let work: Promise<void> = Promise.resolve()

  const catchUp = async (register: string): Promise<void> => {
    const after = known.get(register) ?? 0
    for await (const page of entryPages(db, register, after)) {
      for (const { seq, type, subject, at } of page) {
        known.set(register, seq)
        for (const onHint of subscribers) onHint({ register, seq, type, subject, at })
      }
    }
  }
  const queue = (task: () => Promise<void>): void => {
    work = work
      .then(task)
      .catch((error: unknown) => log.warn({ err: error }, 'live entries could not be read; the poll tries again'))
  }
  const catchUpAll = async (): Promise<void> => {
    for (const { id, size } of await readRegisters(db)) if (size > (known.get(id) ?? 0)) await catchUp(id)
  }

  const listener = await listen(config, LEDGER_CHANNEL, {
    onPayload: (payload) => {
      const [register = '', seq = '0'] = payload.split(' ')
      if (Number(seq) > (known.get(register) ?? 0)) queue(() => catchUp(register))
    },
    onGap: () => queue(catchUpAll),
    log,
  })
  queue(catchUpAll)
  const poll = setInterval(() => queue(catchUpAll), POLL_MS)

  return {
    subscribe: (onHint) => {
      subscribers.add(onHint)
      return () => subscribers.delete(onHint)
    },
    close: async () => {
      clearInterval(poll)
      await listener.close()
      await work
    },
  }
}
