import { sql } from 'kysely'
import type { WorkItem } from '../../inbox/protocol.ts'
import { pageOfWork, type WorkSource } from '../../inbox/work.ts'
import { mayDecide } from '../campaigns/campaign.ts'
import '../tables.ts'
import { type BoxOfCampaign, nextFor } from './read.ts'

/** Boxes that are typed in or looked at in one house at once; the rest comes up as these are sealed, and stands on their page. */
const OPEN_MOST = 200

/** Boxes of papers that wait to be typed in, for the two who were named; or looked at, for whoever may. */
export const paperBoxWork: WorkSource = async (db, asked) => {
  const { actor } = asked
  const units = actor.appointments.map(({ place }) => place).filter((unit) => mayDecide(actor, unit))
  const { rows } = await sql<BoxOfCampaign>`
    select b.state as box, c.state as campaign from rating_paper_boxes b join rating_campaigns c on c.id = b.campaign
    where not b.sealed and not b.state ? 'withdrawn' and (b.unit = any(${units}::text[]) or b.state -> 'typists' ? ${actor.person})
    order by b.opened_at, b.id limit ${OPEN_MOST}
  `.execute(db)
  const waiting = rows.flatMap(({ box, campaign }): WorkItem[] => {
    const next = nextFor({ box, campaign }, actor)
    if (next === null) return []
    const by = box.entered.at(-1)?.at ?? box.opened.at
    return [
      {
        ...{ kind: 'paper-box', id: box.id, by, dueAt: null, level: 'waiting', about: campaign.title },
        path: '/rating/paper-boxes',
        what:
          next === 'enter'
            ? { zh: '手填选票待您录入', en: 'Papers wait for you to type them in' }
            : { zh: '手填选票待您复核', en: 'Papers that differ wait for you to look at' },
      },
    ]
  })
  return pageOfWork(waiting, asked)
}
