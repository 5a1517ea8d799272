import type { Stations } from '../../devices/station.ts'
import type { Log } from '../database/log.ts'
import type { Say } from './say.ts'

export interface FeedbackDependencies {
  readonly stations: Pick<Stations, 'feedback'>
  readonly log: Log
}

/** Lets a person hear what became of a scan at the device that made it. Nobody waits for it: a device that cannot be heard holds nothing up. */
export type Feedback = (station: string, by: string, say: Pick<Say, 'outcome' | 'code'>) => void

/**
 * A scan that was taken, or that asks for an answer, is good; everything else is bad. Of the second of two scans of one thing nothing is
 * heard: it would say of the first that it was refused.
 */
export function openFeedback({ stations, log }: FeedbackDependencies): Feedback {
  return (station, by, { outcome, code }) => {
    if (code === 'stations.double-scan') return
    stations.feedback(station, by, outcome === 'accepted' || outcome === 'ask' ? 'good' : 'bad').then(
      (told) => {
        if (told !== null && told !== 'unable')
          log.warn({ station, device: by, fault: told }, 'a verdict was not heard at the device')
      },
      (error: unknown) => log.error({ err: error, station, device: by }, 'a verdict could not be told to the device'),
    )
  }
}
