/** What the rater is asked, shown once all of it can be read. */

import type { ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import type { Answer } from '../../api.ts'
import { Deed } from '../../deed.ts'
import { fetchLetters } from '../../letters.ts'
import { api } from '../../page.svelte.ts'
import { saidWhileAsking } from './said-while-asking.ts'

/** Asks for a questionnaire by its name, and answers when its letters are there too: under a finger nothing moves any more. */
export async function askQuestionnaire(id: string): Promise<Answer<ShownQuestionnaire>> {
  return withLetters(await api.get<ShownQuestionnaire>('/api/rating/questionnaire', { id }))
}

/** What the vote of this token is about. */
export async function askQuestionsOf(token: string): Promise<Answer<ShownQuestionnaire>> {
  return withLetters(await api.write<ShownQuestionnaire>('POST', '/api/rating/questions', { token }, new Deed()))
}

async function withLetters(answer: Answer<ShownQuestionnaire>): Promise<Answer<ShownQuestionnaire>> {
  if (answer.kind === 'done') await fetchLetters(document.fonts, saidWhileAsking(answer.body))
  return answer
}
