import { peopleRefusals } from './people/refusals.ts'
import { checklistRefusals } from './checklist/refusals.ts'
import { filingRefusals } from './filing/refusals.ts'
import { caseLineageRefusals } from './case-lineage/refusals.ts'
import { containerRefusals } from './keeping/refusals.ts'
import { depositRefusals } from './deposit/refusals.ts'
import { disposalRefusals } from './disposal/refusals.ts'
import { inboundRefusals } from './inbound/refusals.ts'
import { importRefusals } from './import/refusals.ts'
import { keeperRefusals } from './keepers/refusals.ts'
import { scaleRefusals } from './scales/refusals.ts'
import { lockRefusals } from './locks/refusals.ts'
import { lineageRefusals } from './lineage/refusals.ts'
import { measureRefusals } from './measures/refusals.ts'
import { itemRefusals } from './items/refusals.ts'
import { registeringRefusals } from './intake/refusals.ts'
import { cashRefusals } from './cash/refusals.ts'
import { correctingRefusals } from './correcting/refusals.ts'
import { sealRefusals } from './seals/refusals.ts'
import { caseImportRefusals } from './case-import/refusals.ts'
import { scanRefusals } from './scans/refusals.ts'
import { serviceRefusals } from './service/refusals.ts'
import { signingRefusals } from './signing/refusals.ts'
import { stocktakeRefusals } from './stocktake/refusals.ts'
import { paperRefusals } from './papers/refusals.ts'
import { officerRefusals } from './officers/refusals.ts'
import { recusalRefusals } from './recusal/refusals.ts'
import { onPaperRefusals } from './on-paper/refusals.ts'
import { reconcilingRefusals } from './reconciling/refusals.ts'
import { renumberingRefusals } from './renumbering/refusals.ts'
import { recourseRefusals } from './recourse/refusals.ts'
import { retentionRefusals } from './retention/refusals.ts'
import { videoRefusals } from './videos/refusals.ts'
import { accountNumberRefusals } from './account-number/refusals.ts'
import { identityRefusals } from './identity/refusals.ts'
import { taxRoleRefusals } from './tax-roles/refusals.ts'
import { worthRefusals } from './worth/refusals.ts'

/** Everything that custody refuses. */
export const custodyRefusals = {
  ...peopleRefusals,
  ...itemRefusals,
  ...registeringRefusals,
  ...cashRefusals,
  ...sealRefusals,
  ...correctingRefusals,
  ...importRefusals,
  ...inboundRefusals,
  ...containerRefusals,
  ...keeperRefusals,
  ...lineageRefusals,
  ...lockRefusals,
  ...scaleRefusals,
  ...caseLineageRefusals,
  ...measureRefusals,
  ...checklistRefusals,
  ...filingRefusals,
  ...depositRefusals,
  ...disposalRefusals,
  ...paperRefusals,
  ...caseImportRefusals,
  ...scanRefusals,
  ...serviceRefusals,
  ...signingRefusals,
  ...officerRefusals,
  ...recusalRefusals,
  ...onPaperRefusals,
  ...reconcilingRefusals,
  ...renumberingRefusals,
  ...recourseRefusals,
  ...retentionRefusals,
  ...videoRefusals,
  ...taxRoleRefusals,
  ...worthRefusals,
  ...identityRefusals,
  ...accountNumberRefusals,
  ...stocktakeRefusals,
} as const

export type CustodyRefusal = keyof typeof custodyRefusals
