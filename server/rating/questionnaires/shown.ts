import { WORDS_MAX } from '../../../devices/ballot/ballot.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { ShownQuestionnaire } from '../protocol.ts'
import { ANSWER, LEVELS, nameOf } from '../questionnaire.ts'
import { questionnaireOf } from './store.ts'

/**
 * A version as raters' screens ask it.
 * @throws Refusal `rating.unknown-questionnaire`, also for a draft
 */
export async function shownQuestionnaire(db: Reader, name: string): Promise<ShownQuestionnaire> {
  const asked = await questionnaireOf(db, name)
  if (asked === null) throw new Refusal('rating.unknown-questionnaire', { questionnaire: name })
  const { questions, reasons, asksWords, anonymity } = asked
  return {
    about: asked.name === ANSWER.name ? 'answer' : 'service',
    ...{ id: nameOf(asked), wordsMax: WORDS_MAX, levels: LEVELS, questions, reasons, asksWords },
    asksContact: anonymity === 'contact-apart',
  }
}
