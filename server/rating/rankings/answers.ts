import { Type } from 'typebox'
import { answering, exactly, orNull, pageWith, words } from '../../schemas.ts'
import { count, named, share, text } from '../answers.ts'
import type { Correction, ShownRanking } from './protocol.ts'
import { CORRECTIONS } from './ranking.ts'

const deed = Type.Object({ by: named, at: text }, exactly)

const ranking = answering<ShownRanking>()(
  Type.Object(
    {
      ...{ id: text, hall: named, from: text, to: text, frozen: deed, decided: orNull(deed) },
      status: Type.Unsafe<ShownRanking['status']>(Type.Enum(['frozen', 'published', 'refused', 'replaced'])),
      corrects: orNull(
        Type.Object(
          { ranking: text, why: Type.Unsafe<Correction>(Type.Enum([...CORRECTIONS])), from: text, to: text },
          exactly,
        ),
      ),
      correctable: orNull(Type.Object({ until: text, who: words }, exactly)),
      ...{ replacedBy: orNull(text), rule: count, rankedFrom: count, means: words },
      lines: Type.Array(
        Type.Object(
          { ...{ clerk: named, good: count, n: count, low: share, high: share }, place: orNull(count) },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const rankingsPage = pageWith('rankings', ranking)
