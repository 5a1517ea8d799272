/** What the rater is asked, shown once all of it can be read. */

import type { ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import type { Answer } from '../../api.ts'
import { fetchLetters } from '../../letters.ts'
import { api } from '../../page.svelte.ts'
import { saidWhileAsking } from './said-while-asking.ts'

/** Asks for the questionnaire, and answers when its letters are there too: under a finger nothing moves any more. */
export async function askQuestionnaire(): Promise<Answer<ShownQuestionnaire>> {
  const answer = await api.get<ShownQuestionnaire>('/api/rating/questionnaire')
  if (answer.kind === 'done') await fetchLetters(document.fonts, saidWhileAsking(answer.body))
  return answer
}
