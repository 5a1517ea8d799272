import type { ConnectionConfig, Db } from './database/connect.ts'
import { listen } from './database/listen.ts'
import type { Log } from './database/log.ts'
import { LEDGER_CHANNEL } from './ledger/append.ts'
import { type EntryOutline, readOutlines, readRegisters } from './ledger/read.ts'

/** A hint that a register has grown. What it means is read from the tables: `seq` is the truth, the message only says where to look. */
export type LedgerHint = EntryOutline

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

  /** Reads up to an entry that is known to be there. Notices come in crowds: the first one's reading often has the next one's entries. */
  const catchUp = async (register: string, seq: number): Promise<void> => {
    const last = (): number => known.get(register) ?? 0
    while (last() < seq) {
      const page = await readOutlines(db, register, last())
      if (page.length === 0) return
      for (const hint of page) {
        known.set(register, hint.seq)
        for (const onHint of subscribers) onHint(hint)
      }
    }
  }
  const queue = (task: () => Promise<void>): void => {
    work = work
      .then(task)
      .catch((error: unknown) => log.warn({ err: error }, 'live entries could not be read; the poll tries again'))
  }
  const catchUpAll = async (): Promise<void> => {
    for (const { id, size } of await readRegisters(db)) await catchUp(id, size)
  }

  const listener = await listen(config, LEDGER_CHANNEL, {
    onPayload: (payload) => {
      const [register = '', seq = ''] = payload.split(' ')
      queue(() => catchUp(register, Number(seq)))
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
