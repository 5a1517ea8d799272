import { peopleRefusals } from './refusals-people.ts'
import { containerRefusals } from './refusals-containers.ts'
import { disposalRefusals } from './refusals-disposal.ts'
import { importRefusals } from './refusals-importing.ts'
import { keeperRefusals } from './refusals-keepers.ts'
import { lineageRefusals } from './refusals-lineage.ts'
import { itemRefusals } from './refusals-items.ts'
import { registeringRefusals } from './refusals-registering.ts'
import { stocktakeRefusals } from './refusals-stocktakes.ts'
import { paperRefusals } from './refusals-papers.ts'

/** Everything that custody refuses. */
export const custodyRefusals = {
  ...peopleRefusals,
  ...itemRefusals,
  ...registeringRefusals,
  ...importRefusals,
  ...containerRefusals,
  ...keeperRefusals,
  ...lineageRefusals,
  ...disposalRefusals,
  ...paperRefusals,
  ...stocktakeRefusals,
} as const

export type CustodyRefusal = keyof typeof custodyRefusals
