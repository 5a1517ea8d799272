import type { Log } from '../database/log.ts'
import { ACTIVITY } from './activity.ts'
import { type CheckpointDependencies, RegisterForked, signCheckpoint } from './checkpoint.ts'
import { readRegisters } from './read.ts'

/** A head leaves the database at most this long after a write. */
const EVERY_MS = 30_000

export interface KeptCheckpoints {
  /** Registers that could not be signed in the last round, with the reason. The others were. */
  forked(): readonly RegisterForked[]
  /** Signs once more and ends. */
  close(): Promise<void>
}

/**
 * Signs every register and the activity log now and then on a timer, so that what is written cannot be quietly unwritten. One that cannot
 * be signed keeps none of the others from it. The first round is the start-up check: anything older than its checkpoint kept apart stops
 * the start.
 * @throws RegisterForked for the first of them
 */
export async function keepCheckpoints(deps: CheckpointDependencies & { log: Log }): Promise<KeptCheckpoints> {
  let forked = await signAll(deps)
  const [first] = forked
  if (first !== undefined) throw first
  const round = async (): Promise<void> => {
    try {
      forked = await signAll(deps)
    } catch (error) {
      deps.log.error({ err: error }, 'the registers could not be signed')
    }
    for (const one of forked) deps.log.error({ err: one, register: one.register }, 'a register cannot be signed on')
  }
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(round)
  }, EVERY_MS)
  return {
    forked: () => forked,
    close: async () => {
      clearInterval(timer)
      await running
      await round()
    },
  }
}

/** One round. @returns what cannot be signed, the notes of registers that are gone among it */
export async function signAll(deps: CheckpointDependencies): Promise<RegisterForked[]> {
  const noted = await deps.folder.registers()
  const names = [...(await readRegisters(deps.db)).map(({ id }) => id), ACTIVITY]
  const forked = noted.filter((name) => !names.includes(name)).map(gone)
  for (const name of names) {
    try {
      await signCheckpoint(deps, name)
    } catch (error) {
      if (!(error instanceof RegisterForked)) throw error
      forked.push(error)
    }
  }
  return forked
}

function gone(register: string): RegisterForked {
  return new RegisterForked(register, {
    zh: '它的检查点还在，台账却不见了',
    en: 'its checkpoint is there, the register is gone',
  })
}
