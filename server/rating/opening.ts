import { randomInt } from 'node:crypto'
import { BadBallot } from '../../devices/ballot/ballot.ts'
import { openMarks, sealMarks } from '../../devices/ballot/marks.ts'
import { openBallot, sealBallot } from '../../devices/ballot/seal.ts'
import type { MarkedBallot } from './counts.ts'
import type { PeriodKey } from './tally-keys.ts'

/** A ballot as the tally takes it out of the database. */
export interface Taken {
  readonly grp: string
  readonly key: string
  readonly sealed: Buffer
  readonly marks: Buffer | null
}

/**
 * What was sealed. A content of null is no ballot: it was somebody's vote, so it counts as one that cannot be read.
 * @throws Error where the key of one is not here
 */
export function opened({ key, sealed, marks }: Taken, keys: readonly PeriodKey[]): MarkedBallot {
  const pair = keys.find(({ id }) => id === key)
  if (pair === undefined) throw new Error(`the key ${key} is not here`)
  const content = unlessForged(() => openBallot(sealed, pair))
  const odd = marks === null ? null : unlessForged(() => openMarks(marks, pair))
  return { content, flagged: odd !== null && odd.length > 0 }
}

/** Sealed to the key that runs; what is no ballot goes on as it is. */
export function sealedAnew(
  { sealed, marks }: Taken,
  old: PeriodKey,
  { publicKey }: PeriodKey,
): Pick<Taken, 'sealed' | 'marks'> {
  const content = unlessForged(() => openBallot(sealed, old))
  const odd = marks === null ? null : unlessForged(() => openMarks(marks, old))
  return {
    sealed: Buffer.from(content === null ? sealed : sealBallot(content, publicKey)),
    marks: odd === null ? marks : Buffer.from(sealMarks(odd, publicKey)),
  }
}

/** Null for what was sealed to no key of ours, or is not of our form. */
function unlessForged<T>(open: () => T): T | null {
  try {
    return open()
  } catch (error) {
    if (error instanceof BadBallot || isWrongBox(error)) return null
    throw error
  }
}

/** How libsodium says that a box does not open. */
function isWrongBox(error: unknown): boolean {
  return error instanceof Error && /incorrect key pair/.test(error.message)
}

/** Fisher and Yates, over the system's own randomness. */
export function shuffled<T>(of: readonly T[]): T[] {
  const all = [...of]
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1)
    ;[all[at], all[other]] = [all[other] as T, all[at] as T]
  }
  return all
}
