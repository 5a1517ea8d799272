import { type Deed, deed, type DeedData } from '../../approvals/approvals.ts'
import type { Trx } from '../../database/connect.ts'
import type { Circumstances } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { namesOfCases } from '../in-clear/store.ts'
import type { Scene } from '../scene.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { askMeasure, grantMeasure, measureLevels } from './approving.ts'
import {
  askConfirming,
  askConverting,
  confirmLevels,
  confirmMeasure,
  convertSurrender,
  type MeasureScene,
} from './deciding.ts'
import { measuresTaken } from './taken.ts'
import {
  confirmDeed,
  type ConfirmDeed,
  convertDeed,
  type ConvertDeed,
  measureDeed,
  type MeasureDeed,
} from './schemas.ts'

async function loadMeasures(
  trx: Trx,
  { items }: { readonly items: readonly string[] },
  circumstances: Circumstances,
): Promise<MeasureScene> {
  const scene = await loadScene(trx, items, circumstances, {})
  return { ...scene, names: await namesOfCases(trx, scene.cases) }
}

/** What approvers grant about measures. */
export const measureDeeds: readonly Deed[] = [
  deed<MeasureDeed & DeedData, Pick<Scene, 'cases' | 'lineage' | 'sight'>>({
    command: 'take-measure',
    title: { zh: '采取措施待您审批', en: 'A measure waits for your decision' },
    about: (asked) => [asked.case],
    schema: measureDeed,
    registers: async (trx, asked) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', asked.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: (trx, asked, circumstances) => loadCaseScene(trx, asked.case, circumstances),
    ask: askMeasure,
    levels: measureLevels,
    grant: grantMeasure,
  }),
  deed<ConfirmDeed & DeedData, MeasureScene>({
    command: 'confirm-measure',
    title: { zh: '当场紧急措施补办批准，待您审批', en: 'A measure taken on the spot waits for your approval' },
    about: ({ items }) => items,
    schema: confirmDeed,
    registers: (trx, { items }) => registersOfItems(trx, items),
    load: loadMeasures,
    ask: askConfirming,
    levels: confirmLevels,
    matters: measuresTaken,
    grant: confirmMeasure,
  }),
  deed<ConvertDeed & DeedData, MeasureScene>({
    command: 'convert-surrender',
    title: {
      zh: '主动上交转为正式措施，待您审批',
      en: 'Holding what was handed in under a measure waits for your decision',
    },
    about: ({ items }) => items,
    schema: convertDeed,
    registers: (trx, { items }) => registersOfItems(trx, items),
    load: loadMeasures,
    ask: askConverting,
    levels: measureLevels,
    grant: convertSurrender,
  }),
]
