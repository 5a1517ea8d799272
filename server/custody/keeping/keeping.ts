import type { Trx } from '../../database/connect.ts'
import { type Circumstances, type Decision, type Handler, handler } from '../../module.ts'
import { addContainer, type AddContainerState, moveContainer, openContainer, sealContainer } from './containers.ts'
import { type NamingScene, returnFromAppraisal, sendToAppraisal } from '../disposal/appraisals.ts'
import { correctItems, type CorrectionScene } from '../correcting/correcting.ts'
import { storeRegister } from '../custody.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { codesOf } from '../items/lines.ts'
import { returnContainer } from '../loans/box-returns.ts'
import { overItems, overScene, SHELVES } from '../items/over-items.ts'
import type { Scene } from '../scene.ts'
import {
  type AddContainer,
  type Appraise,
  type Appraised,
  type Correct,
  keepingSchemas,
  type MoveContainer,
  type OpenContainer,
  type SealContainer,
  type PrintStrip,
  type ReturnContainer,
  type SealItems,
  type Unseal,
} from './schemas.ts'
import { sealItems, sealNumbersOf, unsealItems } from '../seals/sealing.ts'
import { printStrip, type StripScene } from '../seals/strips.ts'
import { issuesOf, stripsElsewhere } from '../papers/label-store.ts'
import { stripCode } from '../papers/strip-codes.ts'
import { loadSigners } from '../people/signers.ts'
import { contentsOfBox, lentInBox, loadAddContainer } from './store.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { loadTold } from '../correcting/told-store.ts'

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
  'custody.print-strip': handler<PrintStrip, StripScene>({
    schema: keepingSchemas['custody.print-strip'],
    posts: ['custodian', 'officer'],
    registers: (trx, { item }) => registersOfItems(trx, [item]),
    load: async (trx, { item, number }, circumstances) => {
      const scene = await loadScene(trx, [item], circumstances, number === undefined ? {} : { seals: [number] })
      const wanted = number ?? scene.items.get(item)?.seal?.number ?? ''
      const code = stripCode(item, wanted)
      return {
        ...{ ...scene, labels: (await issuesOf(trx, [code])).get(code) ?? [] },
        elsewhere: await stripsElsewhere(trx, item, wanted),
      }
    },
    decide: printStrip,
  }),
  'custody.appraise': overScene<Appraise, NamingScene>(
    keepingSchemas['custody.appraise'],
    ['custodian'],
    {},
    withNames,
    sendToAppraisal,
  ),
  'custody.appraised': overScene<Appraised, NamingScene>(
    keepingSchemas['custody.appraised'],
    ['custodian'],
    { ...SHELVES, heads: true },
    withNames,
    returnFromAppraisal,
  ),
  'custody.correct': handler<Correct, CorrectionScene>({
    schema: keepingSchemas['custody.correct'],
    posts: ['officer'],
    registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
    load: async (trx, command, circumstances) => {
      const codes = codesOf(command.items)
      const seals = command.items.flatMap(({ sealNumber }) => sealNumber ?? [])
      const told = await loadTold(trx, codes)
      const registrars = [...told.values()].flatMap(([first]) => first?.actor ?? [])
      const scene = await loadScene(trx, codes, circumstances, { bags: true, seals })
      return {
        ...{ ...scene, told, names: await namesOfCases(trx, scene.cases) },
        registrars: await loadSigners(trx, registrars, circumstances.at),
      }
    },
    decide: correctItems,
  }),
  'custody.add-container': handler<AddContainer, AddContainerState>({
    schema: keepingSchemas['custody.add-container'],
    posts: ['custodian'],
    registers: async (_trx, { store }) => [storeRegister(store)],
    load: (trx, command, { at }) => loadAddContainer(trx, command, at),
    decide: addContainer,
  }),
  'custody.move-container': overBox<MoveContainer>('custody.move-container', moveContainer),
  'custody.seal-container': overBox<SealContainer>('custody.seal-container', sealContainer),
  'custody.return-container': handler<ReturnContainer, Scene>({
    schema: keepingSchemas['custody.return-container'],
    posts: ['custodian'],
    registers: async (trx, { container }) => {
      const found = await trx.selectFrom('containers').select('store').where('id', '=', container).execute()
      const registers = await registersOfItems(trx, await lentInBox(trx, container))
      return [...new Set([...found.map(({ store }) => storeRegister(store)), ...registers])]
    },
    load: async (trx, { container, location }, circumstances) =>
      loadScene(trx, await lentInBox(trx, container), circumstances, {
        ...{ containers: [container], locations: [location] },
      }),
    decide: returnContainer,
  }),
  'custody.open-container': overBox<OpenContainer>('custody.open-container', openContainer),
}

/** With whom the cases of the items name. */
async function withNames(trx: Trx, scene: Scene): Promise<NamingScene> {
  return { ...scene, names: await namesOfCases(trx, scene.cases) }
}

/** An act over a box and everything in it. */
function overBox<C extends MoveContainer | SealContainer | OpenContainer>(
  type: C['type'],
  decide: (scene: Scene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, Scene>({
    schema: keepingSchemas[type],
    posts: ['custodian'],
    registers: async (trx, { container }) => {
      const found = await trx.selectFrom('containers').select('store').where('id', '=', container).execute()
      return found.map(({ store }) => storeRegister(store))
    },
    load: async (trx, command, circumstances) =>
      loadScene(trx, await contentsOfBox(trx, command.container), circumstances, {
        containers: [command.container],
        ...('location' in command ? { locations: [command.location] } : {}),
        ...('number' in command ? { seals: [command.number] } : {}),
      }),
    decide,
  })
}
