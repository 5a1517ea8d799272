import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import { mustHaveInHands } from '../intake/registering.ts'
import type { Item } from '../items/item.ts'
import { caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import { mustBeOpen } from '../separation.ts'
import type { Filmed } from './facts.ts'
import { filmingOf, isFilmed } from './filming.ts'
import { mustBeMade, recordingInClear } from './recording.ts'
import type { NoteVideo } from './schemas.ts'

/** A recording that shows an item. */
export type ItemVideo = {
  readonly of: Filmed
  readonly number: string
  readonly device: string
  readonly startedAt: string
  readonly endedAt: string
  readonly keptIn: string
  readonly sha256: string | null
  readonly by: string
  readonly at: string
}

/** What noting a recording looks at besides: by case, whom it names. */
export interface VideoScene extends Scene {
  readonly names: ReadonlyMap<string, CaseNames>
}

/**
 * 登记同步录音录像 (rules C-08, C-26): number, device, from when to when and where it is kept, by an officer of the case or the custodian who has
 * the item. The checksum is the recorder's own: the file never enters the program.
 * @throws Refusal `custody.video-times`, `custody.video-known`, `custody.video-of-incident`, and as `mustHaveInHands`
 */
export function noteVideo(scene: VideoScene, command: NoteVideo, circumstances: Circumstances): Decision {
  const { of, number, device, startedAt, endedAt, keptIn, sha256 = null } = command
  mustBeMade(command, circumstances.at)
  const facts = [...new Set(command.items)].map((code) => {
    const item = itemOf(scene, code)
    const found = caseOf(scene, item.case)
    mustBeOpen(found)
    mustHaveInHands(item, found, circumstances.actor)
    // What was noted without the hash of its file may be noted again with it.
    const isKnown = (one: ItemVideo): boolean => isSame(one, command) && (one.sha256 !== null || sha256 === null)
    if ((item.videos ?? []).some(isKnown)) throw new Refusal('custody.video-known', { item: code, number })
    if (of === 'incident' && item.incident === null && item.concluded.length === 0)
      throw new Refusal('custody.video-of-incident', { item: code })
    mustNameNobody(recordingInClear(command), scene.names.get(item.case) ?? noNames)
    const body = { of, number, device, startedAt, endedAt, keptIn, sha256 }
    const after = withVideo(item, { ...body, by: circumstances.actor.person, at: circumstances.at })
    const isWhole = of === 'measure' && isFilmed(item.track, item.measure.kind) && filmingOf(after) === null
    // The measure is its department's, and so is the clock that waits for its film: wherever the thing is by now.
    const register = of === 'measure' ? unitRegister(item.unit) : presentRegister(item)
    return draft(register, 'custody.video-noted', `item/${code}`, {
      ...body,
      ...(isWhole ? { whole: true } : {}),
    })
  })
  return { facts }
}

/** Whether the moment of the taking is on it; a recording of something else need not have it. */
export function showsTaking({ of, startedAt, endedAt }: ItemVideo, takenAt: string): boolean {
  return of !== 'measure' || (startedAt <= takenAt && takenAt <= endedAt)
}

/** The item with one more recording; where it is and who holds it stay as they are. */
export function evolveVideo(item: Item, fact: Extract<CustodyFact, { type: 'custody.video-noted' }>): Item {
  const { of, number, device, startedAt, endedAt, keptIn, sha256 } = fact.body
  return withVideo(item, { of, number, device, startedAt, endedAt, keptIn, sha256, by: fact.actor, at: fact.at })
}

/** In the place of what was noted of the same recording before. */
function withVideo(item: Item, noted: ItemVideo): Item {
  return { ...item, videos: [...(item.videos ?? []).filter((one) => !isSame(one, noted)), noted] }
}

function isSame(one: ItemVideo, other: Pick<ItemVideo, 'number' | 'startedAt'>): boolean {
  return one.number === other.number && one.startedAt === other.startedAt
}
