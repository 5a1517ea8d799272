/** Takes votes as the server does, in a process that may be killed at any moment: one message a vote, one answer each. */

import { type ConnectionConfig, connect, type Connection } from '../server/database/connect.ts'
import { castBallot, type SealedBallot } from '../server/rating/cast.ts'
import { Refusal } from '../server/refusal.ts'

export type ToTaker =
  | { readonly is: 'database'; readonly config: ConnectionConfig }
  /** `sealed` in base64; `at` is when it came, RFC 3339. */
  | {
      readonly is: 'vote'
      readonly id: number
      readonly ballot: Omit<SealedBallot, 'sealed'> & { readonly sealed: string }
      readonly at: string
    }

/** `done`, or the code of the rule that refuses; `again` where nobody knows. */
export interface FromTaker {
  readonly id: number
  readonly answer: string
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
let connection: Connection | null = null

process.on('message', (message: ToTaker) => {
  if (message.is === 'database') connection = connect(message.config, { log })
  else if (connection !== null) void answer(connection, message)
})
process.once('disconnect', () => process.exit(0))

async function answer({ db }: Connection, { id, ballot, at }: Extract<ToTaker, { is: 'vote' }>): Promise<void> {
  const said: FromTaker = await castBallot(db, { ...ballot, sealed: Buffer.from(ballot.sealed, 'base64') }, at).then(
    () => ({ id, answer: 'done' }),
    (error: unknown) => ({ id, answer: error instanceof Refusal ? error.code : 'again' }),
  )
  if (process.connected) process.send?.(said)
}
