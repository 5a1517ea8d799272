import { lockIfIdle, type HandlingDependencies } from './handling.ts'
import type { Place } from './place.ts'
import { isIdle } from './session.ts'
import type { Kept } from './store.ts'

/** How often idle benches are looked for. */
const LOCK_LOOK_MS = 1_000

export interface LockingDependencies extends HandlingDependencies {
  /** The stations whose idleness is ours to see. */
  readonly ours: () => Iterable<Place>
  readonly onLocked: (place: Place, kept: Kept) => void
  /** Runs what may fail now and is looked for again. */
  readonly quietly: (work: Promise<unknown>) => void
}

/** Locks stations at which nobody has done anything for too long. Returns the way to stop. */
export function openLocking({ ours, onLocked, quietly, ...deps }: LockingDependencies): () => void {
  const look = setInterval(() => {
    for (const place of ours())
      if (isIdle(place.kept.session, deps.now()))
        quietly(lockIfIdle(deps, place.config.id).then((kept) => onLocked(place, kept)))
  }, LOCK_LOOK_MS)
  return () => clearInterval(look)
}
