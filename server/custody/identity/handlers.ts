import type { Handler } from '../../module.ts'
import { overItems } from '../items/over-items.ts'
import { openIdentity } from './identity.ts'
import { identitySchemas, type OpenIdentity } from './schemas.ts'

/** Looking up whose an alias is. */
export const identityHandlers: Readonly<Record<string, Handler>> = {
  'custody.open-identity': overItems<OpenIdentity>(
    identitySchemas['custody.open-identity'],
    ['officer'],
    { lineage: true },
    openIdentity,
  ),
}
