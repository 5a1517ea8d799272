/** A voter's paper on its way: what was touched of each department, sealed in this browser, sent by its code alone. */

import type { ShownPaper } from '../../../../server/rating/campaigns/protocol.ts'
import type { Level, ShownKey } from '../../../../server/rating/protocol.ts'
import { Deed } from '../../../deed.ts'
import type { Notice } from '../../../notice.ts'
import { api, noticeOfAnswer } from '../../../page.svelte.ts'
import { ballotOf, fromBase64, toBase64, type Touched, UNTOUCHED } from '../ballot.ts'

/** By department; who is not in it was passed over. */
export type Judged = Readonly<Record<string, Pick<Touched, 'level' | 'answers'>>>

/** With the overall level of a department; the same again takes it back, with all that was said of it. */
export function withLevelOf(judged: Judged, department: string, level: Level | null): Judged {
  const { [department]: before, ...others } = judged
  return level === null ? others : { ...others, [department]: { answers: {}, ...before, level } }
}

export function withAnswerOf(judged: Judged, department: string, question: string, level: Level): Judged {
  const before = judged[department]
  if (before === undefined) return judged
  return { ...judged, [department]: { ...before, answers: { ...before.answers, [question]: level } } }
}

/** Seals a ballot for each department, also for those passed over, and casts all of them. Null when it is done. */
export async function castPaper(code: string, paper: ShownPaper, judged: Judged, deed: Deed): Promise<Notice | null> {
  const asked = await api.get<ShownKey>('/api/rating/key')
  if (asked.kind !== 'done') return noticeOfAnswer(asked)
  // A megabyte that nobody needs before.
  const { sealBallot, sealing } = await import('../../../../devices/ballot/seal.ts')
  await sealing
  const key = fromBase64(asked.body.publicKey)
  const ballots = paper.departments.map(({ id }) => ({
    department: id,
    ballot: toBase64(sealBallot(ballotOf({ ...UNTOUCHED, ...judged[id] }, paper.questionnaire.id), key)),
  }))
  const body = { code, key: asked.body.id, ballots }
  const answer = await api.write('POST', '/api/rating/ballot-papers', body, deed)
  return answer.kind === 'done' ? null : noticeOfAnswer(answer)
}
