import { LabelRefused } from '../../labels/refused.ts'
import { Refusal } from '../refusal.ts'

/** What cannot be drawn is refused in the words of the label. */
export async function drawn<T>(draw: () => Promise<T>): Promise<T> {
  try {
    return await draw()
  } catch (error) {
    if (error instanceof LabelRefused) {
      throw new Refusal('custody.cannot-draw', { zh: error.words.zh, en: error.words.en })
    }
    throw error
  }
}
