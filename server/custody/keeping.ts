import type { Handler } from '../module.ts'
import { overItems } from './over-items.ts'
import { keepingSchemas, type SealItems, type Unseal } from './schemas-keeping.ts'
import { sealItems, sealNumbersOf, unsealItems } from './sealing.ts'

/** What is done with an item while it is kept, beside moving and lending it. */
export const keepingHandlers: Readonly<Record<string, Handler>> = {
  'custody.unseal': overItems<Unseal>(
    keepingSchemas['custody.unseal'],
    ['custodian', 'officer'],
    { bags: true },
    unsealItems,
  ),
  'custody.seal': overItems<SealItems>(
    keepingSchemas['custody.seal'],
    ['custodian', 'officer'],
    (command) => ({ seals: sealNumbersOf(command) }),
    sealItems,
  ),
}
