import { subjectId, subjectKind } from '../../ledger/project.ts'
import type { PaperSources } from '../../paper-source.ts'
import type { HintSight } from '../sight/hints.ts'
import { subjectOfIssued } from './issuing.ts'
import '../tables.ts'

/** Hints of papers about things of other modules, such as that one was printed: for whom the module of the thing lets read the paper. */
export function papersOfThingsInSight(sources: PaperSources): HintSight {
  return async (db, actor, hints) => {
    const ids = hints.flatMap(({ subject }) => (subjectKind(subject) === 'paper' ? [subjectId(subject)] : []))
    if (ids.length === 0) return new Set()
    const found = await db.selectFrom('papers').select(['id', 'state']).where('id', 'in', ids).execute()
    const seen = new Set<string>()
    for (const { id, state } of found) {
      const { thing } = await subjectOfIssued(db, state, sources)
      if (thing?.sees(actor) === true) seen.add(`paper/${id}`)
    }
    return seen
  }
}
