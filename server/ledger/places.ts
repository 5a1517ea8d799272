import { join } from 'node:path'
import type { Keys } from '../keys.ts'
import { checkpointFolder, type CheckpointFolder } from './checkpoint.ts'

/** The folder beside the keys where the last checkpoint of each register is kept, apart from the database. */
export function checkpointFolderOf(keys: Keys): CheckpointFolder {
  return checkpointFolder(join(keys.folder, '..', 'checkpoints'))
}
