/** Whether a browser is a screen of a counter, and how it becomes one. */

import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'

/** The refusal of who asks as a screen and is none. */
export const NOT_A_SCREEN = 'stations.not-a-screen'

/**
 * Makes this browser a screen of the station by its one-time code; null once it is one, else why not.
 * @param path of the station, `/api/stations/counter-1`
 */
export async function becomeScreen(path: string, code: string): Promise<Notice | null> {
  const answer = await api.write('POST', `${path}/screen`, { code })
  return answer.kind === 'done' ? null : noticeOfAnswer(answer)
}
