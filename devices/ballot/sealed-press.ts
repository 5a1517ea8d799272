import type { RatingPress } from '../keypad/press.ts'
import { sealBallot } from './seal.ts'

/** The one vote of a service, as an agent's PC may take it at its pads: for that PC alone, and no longer than said. */
export interface FarVote {
  /** Proves that this server let this agent ask for this vote; nobody else makes one. One length for all. */
  readonly pass: string
  /** Milliseconds since 1970 by the server's clock: from then on no press is taken. */
  readonly expires_ms: number
  /** Name and version of the questions. */
  readonly questionnaire: string
  /** `publicKey` in base64. */
  readonly key: { readonly id: string; readonly publicKey: string }
}

/**
 * A rater's press as an agent's journal keeps and sends it: which vote it is, and what only the tally can open. Of one length whatever was
 * pressed, and nothing in it differs by the key.
 */
export interface SealedPress {
  readonly kind: 'ballot'
  readonly pass: string
  /** To which key it is sealed. */
  readonly key: string
  /** The sealed ballot in base64. */
  readonly sealed: string
  /** When it was pressed by the server's clock, as the PC reckons it: RFC 3339 UTC with milliseconds. */
  readonly pressedAt: string
}

/**
 * The ballot of one press at a pad, sealed where the pad is read: by the server for its own pads, by an agent for those of its PC. The press
 * forgets what it held. `sealing` of `seal.ts` must have resolved.
 * @throws Error when the press was sealed before
 */
export function sealPress(press: RatingPress, questionnaire: string, publicKey: Uint8Array): Uint8Array {
  return press.sealWith(({ key: code, level, reason, profile, profileVersion: version }) =>
    sealBallot(
      {
        ...{ v: 1, questionnaire, level, answers: {}, words: null },
        reasons: reason === null ? [] : [reason],
        key: { code, profile, version },
      },
      publicKey,
    ),
  )
}
