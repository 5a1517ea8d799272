import type { Item, ItemIncident } from '../items/item.ts'

/** What is seen of a thing beside what was recorded of it, as content hashes in the order they were taken. */
export interface SeenAndRecorded {
  /** Taken before the incident, of the thing as it was registered and kept. */
  readonly recorded: readonly string[]
  /** Taken of what was found. */
  readonly seen: readonly string[]
}

/** The photos of an incident (rules C-27), `nth` of its item, counted from one. */
export function photosOfIncident(
  { photos }: Pick<Item, 'photos'>,
  nth: number,
  { openedAt }: Pick<ItemIncident, 'openedAt'>,
): SeenAndRecorded {
  const of = (kept: (photo: Item['photos'][number]) => boolean): string[] =>
    photos.filter(kept).map(({ photo }) => photo)
  return {
    recorded: of(({ incident, at }) => incident === undefined && at <= openedAt),
    seen: of(({ incident }) => incident === nth),
  }
}

/** Which of its incidents the open one is, counted from one. */
export function openIncidentOf({ concluded }: Pick<Item, 'concluded'>): number {
  return concluded.length + 1
}
