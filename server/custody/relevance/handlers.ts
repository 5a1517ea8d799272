import type { Handler } from '../../module.ts'
import { overItems } from '../items/over-items.ts'
import { stateRelevance } from './relevance.ts'
import { relevanceSchemas, type StateRelevance } from './schemas.ts'

/** What things have to do with the case, said after they were registered. */
export const relevanceHandlers: Readonly<Record<string, Handler>> = {
  'custody.state-relevance': overItems<StateRelevance>(
    relevanceSchemas['custody.state-relevance'],
    ['officer'],
    {},
    stateRelevance,
  ),
}
