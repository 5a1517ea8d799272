import type { Log } from '../database/log.ts'
import { type CheckpointDependencies, RegisterForked, signCheckpoint } from './checkpoint.ts'
import { readRegisters } from './read.ts'

/** A head leaves the database at most this long after a write. */
const EVERY_MS = 30_000

/**
 * Signs every register now and then on a timer, so that what is written cannot be quietly unwritten. The first round is the start-up
 * check: a register older than its checkpoint kept apart stops the start.
 * @throws RegisterForked
 */
export async function keepCheckpoints(
  deps: CheckpointDependencies & { log: Log },
): Promise<{ close(): Promise<void> }> {
  const round = async (): Promise<void> => {
    const registers = await readRegisters(deps.db)
    for (const register of await deps.folder.registers()) {
      if (!registers.some(({ id }) => id === register))
        throw new RegisterForked(register, 'its checkpoint is there, the register is gone')
    }
    for (const { id } of registers) await signCheckpoint(deps, id)
  }
  await round()
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(round)
      .catch((error: unknown) => deps.log.error({ err: error }, 'a register could not be signed'))
  }, EVERY_MS)
  return {
    close: async () => {
      clearInterval(timer)
      await running
      await round()
    },
  }
}
