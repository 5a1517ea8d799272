/** What of a counter is silent: a pad or its screen gives no sign, or nobody who was served there has voted. */
export type Silence = 'pad' | 'screen' | 'votes'

/** Facts of silence at counters, all in the register of the hall. */
export interface SilenceFacts {
  /** After how long, and over how many services, silence is told from now on. */
  readonly 'rating.silence-ruled': { readonly hall: string; readonly minutes: number; readonly services: number }
  /**
   * `silence/<counter>.<what>`: told to who is answerable. `since`: of a device, when it was last heard; of votes, the end of the last service of those
   * looked at, whose id is `last`.
   */
  readonly 'rating.silence-told': {
    readonly hall: string
    readonly counter: string
    readonly what: Silence
    readonly device: string | null
    readonly since: string
    readonly last: string | null
    /** Of votes: over how many services there was none. */
    readonly services: number | null
  }
  /** It speaks again, or was taken away. `since` and `last` as above, of the services that were looked at. */
  readonly 'rating.silence-ended': {
    readonly how: 'heard' | 'removed'
    readonly since: string
    readonly last: string | null
  }
}
