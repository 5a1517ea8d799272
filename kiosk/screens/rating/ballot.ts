/** A ballot on its way: what was touched, sealed in this browser, sent by its token alone. */

import type { BallotContent, Level } from '../../../devices/ballot/ballot.ts'
import type { ShownKey, ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import type { Answer } from '../../api.ts'
import { Deed } from '../../deed.ts'
import { api } from '../../page.svelte.ts'

/** What a rater has touched so far. */
export interface Touched {
  readonly level: Level | null
  readonly answers: Readonly<Record<string, Level>>
  readonly reasons: readonly string[]
  readonly words: string
}

export const UNTOUCHED: Touched = { level: null, answers: {}, reasons: [], words: '' }

/** What became of it: `again` asks the rater to try once more, everything else is final. */
export type Cast = 'done' | 'used' | 'over' | 'again'

/** The ballot that these touches make. */
export function ballotOf({ level, answers, reasons, words }: Touched, questionnaire: string): BallotContent {
  const said = words.trim()
  return { v: 1, questionnaire, level, answers, reasons, words: said === '' ? null : said, key: null }
}

/** Only reasons that are offered after this level; another level takes the others away. */
export function withLevel(touched: Touched, level: Level, { reasons }: ShownQuestionnaire): Touched {
  const offered = reasons.filter(({ levels }) => levels.includes(level)).map(({ id }) => id)
  return { ...touched, level, reasons: touched.reasons.filter((reason) => offered.includes(reason)) }
}

/** Seals and casts. The key is asked for now: it changes with the period. */
async function cast(touched: Touched, questionnaire: string, token: string): Promise<Cast> {
  const asked = await api.get<ShownKey>('/api/rating/key')
  if (asked.kind !== 'done') return 'again'
  // A megabyte that nobody needs before.
  const { sealBallot, sealing } = await import('../../../devices/ballot/seal.ts')
  await sealing
  const sealed = sealBallot(ballotOf(touched, questionnaire), fromBase64(asked.body.publicKey))
  const body = { token, key: asked.body.id, ballot: toBase64(sealed) }
  return castOf(await api.write('POST', '/api/rating/votes', body, new Deed()))
}

/** Casts for one vote, whatever is asked next on the same screen. */
export function casterOf(questionnaire: string, token: string): (touched: Touched) => Promise<Cast> {
  return (touched) => cast(touched, questionnaire, token)
}

function castOf(answer: Answer<unknown>): Cast {
  if (answer.kind === 'done') return 'done'
  if (answer.kind !== 'refused') return 'again'
  switch (answer.notice.code) {
    // Also this very ballot, whose answer was lost.
    case 'rating.vote-used':
      return 'used'
    case 'rating.vote-over':
    case 'rating.wrong-token':
      return 'over'
    default:
      return 'again'
  }
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
