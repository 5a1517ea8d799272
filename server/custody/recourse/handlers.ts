import { type Deed, deed, type DeedData } from '../../approvals/approvals.ts'
import type { Handler } from '../../module.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { overScene } from '../items/over-items.ts'
import type { Scene } from '../scene.ts'
import { loadScene, registersOfItems } from '../store.ts'
import {
  askWritingOff,
  payCompensation,
  recoverCompensation,
  type RecourseScene,
  writeOffRecourse,
  writingOffLevels,
} from './recourse.ts'
import {
  type PayCompensation,
  recourseSchemas,
  type RecoverCompensation,
  writeOffRecourseDeed,
  type WriteOffRecourseDeed,
} from './schemas.ts'

/** What was paid first for what a third-party keeper lost, and what came back. */
export const recourseHandlers: Readonly<Record<string, Handler>> = {
  'custody.pay-compensation': overScene<PayCompensation, RecourseScene>(
    recourseSchemas['custody.pay-compensation'],
    ['officer'],
    {},
    async (trx, scene) => ({ ...scene, names: await namesOfCases(trx, scene.cases) }),
    payCompensation,
  ),
  'custody.recover-compensation': overScene<RecoverCompensation, RecourseScene>(
    recourseSchemas['custody.recover-compensation'],
    ['officer'],
    {},
    async (trx, scene) => ({ ...scene, names: await namesOfCases(trx, scene.cases) }),
    recoverCompensation,
  ),
}

/** What approvers grant of it. */
export const recourseDeeds: readonly Deed[] = [
  deed<WriteOffRecourseDeed & DeedData, Scene>({
    command: 'write-off-recourse',
    title: { zh: '核销追偿款待您审批', en: 'Writing off what a keeper owes waits for your decision' },
    about: ({ items }) => items,
    schema: writeOffRecourseDeed,
    registers: (trx, { items }) => registersOfItems(trx, items),
    load: (trx, { items }, circumstances) => loadScene(trx, items, circumstances, {}),
    ask: askWritingOff,
    levels: writingOffLevels,
    grant: writeOffRecourse,
  }),
]
