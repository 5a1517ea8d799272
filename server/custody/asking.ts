import { parseCode } from '../../labels/item-code.ts'
import { loadActor } from '../access/actor.ts'
import { type RouteDependencies, signedIn } from '../http.ts'
import type { Actor } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Case } from './cases/cases.ts'
import type { Item } from './items/item.ts'
import { mayLookUp, readCase, readItem } from './reads.ts'
import { seesCase, type Sight } from './sight/sees.ts'
import { sightOf } from './sight/sight.ts'

type Request = Parameters<typeof signedIn>[0]

/**
 * What has the shape of a code and not its check characters was typed or read wrongly: no item is looked for.
 * @throws Refusal `stations.wrong-check`
 */
export function mustReadRight(text: string): void {
  const parsed = parseCode(text)
  if (!parsed.ok && parsed.reason === 'check') throw new Refusal('stations.wrong-check')
}

/** Who asks, what he may see, and what he asks for as far as he may: reads that every route of custody begins with. */
export function askingOf({ db, activity, now }: Pick<RouteDependencies, 'db' | 'activity' | 'now'>) {
  const asker = async (request: Request): Promise<{ actor: Actor; sight: Sight }> => {
    const actor = await loadActor(db, signedIn(request).person, now())
    return { actor, sight: await sightOf(db, actor, now()) }
  }
  return {
    asker,
    /** On disk before what is read is answered. */
    recordRead: (person: string, about: string): Promise<void> =>
      activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' }),
    /** The item, if there is one and the asker may see it; which of the two it is, nobody is told. */
    itemFor: async (request: Request, wanted: string): Promise<{ item: Item; actor: Actor; person: string }> => {
      const { actor, sight } = await asker(request)
      mustReadRight(wanted)
      const item = await readItem(db, wanted)
      if (item === null || !(await mayLookUp(db, sight, item)))
        throw new Refusal('custody.unknown-item', { item: wanted })
      return { item, actor, person: actor.person }
    },
    /** The case, under the same rule. */
    caseFor: async (request: Request, number: string): Promise<{ of: Case; sight: Sight; person: string }> => {
      const { actor, sight } = await asker(request)
      const of = await readCase(db, number)
      if (of === null || !seesCase(sight, of)) throw new Refusal('custody.unknown-case', { case: number })
      return { of, sight, person: actor.person }
    },
  }
}
