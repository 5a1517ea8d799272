import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ConnectionConfig } from '../server/database/connect.ts'
import type { SealedBallot } from '../server/rating/cast.ts'
import type { FromTaker, ToTaker } from './vote-taker.ts'

const PROGRAM = fileURLToPath(new URL('vote-taker.ts', import.meta.url))
const AGAIN_MS = 20
const AGAIN_MOST = 500

/** Where raters cast: whoever is not answered asks again, as pads and screens do, until he is. */
export interface VoteDoor {
  /** `done`, or the code of the rule that refuses it. @throws Error when it is never answered */
  cast(ballot: SealedBallot, at: string): Promise<string>
  /** Kills the process that takes votes (`kill -9`), whatever it is at, and starts the next one. */
  kill(): Promise<void>
  close(): Promise<void>
}

export function openVoteDoor(config: ConnectionConfig): VoteDoor {
  const asked = new Map<number, (answer: string) => void>()
  let ids = 0
  let taker = begin()

  function begin(): ChildProcess {
    const child = fork(PROGRAM)
    send(child, { is: 'database', config })
    child.on('message', ({ id, answer }: FromTaker) => asked.get(id)?.(answer))
    return child
  }

  function send(child: ChildProcess, message: ToTaker): void {
    child.send(message, () => undefined)
  }

  async function end(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    for (const answer of asked.values()) answer('again')
  }

  async function castOnce({ service, form, key, sealed }: SealedBallot, at: string): Promise<string> {
    const id = (ids += 1)
    const answer = new Promise<string>((resolve) => asked.set(id, resolve))
    const ballot = { service, form, key, sealed: Buffer.from(sealed).toString('base64') }
    send(taker, { is: 'vote', id, ballot, at })
    const said = await answer
    asked.delete(id)
    return said
  }

  return {
    async cast(ballot, at) {
      for (let tries = 0; tries < AGAIN_MOST; tries += 1) {
        const answer = await castOnce(ballot, at)
        if (answer !== 'again') return answer
        await pause(AGAIN_MS)
      }
      throw new Error(`a vote was not answered in ${AGAIN_MOST} tries`)
    },
    async kill() {
      const killed = taker
      // The next one takes what comes from now on; what the killed one had is asked again.
      taker = begin()
      await end(killed)
    },
    close: () => end(taker),
  }
}
