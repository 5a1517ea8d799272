import { readPersonal } from '../../ledger/personal.ts'
import { handler, type Handler } from '../../module.ts'
import { openCase, type OpenCaseState } from '../cases/cases.ts'
import { loadOpenCase } from '../cases/store.ts'
import { type CashScene, countCash } from '../cash/cash.ts'
import { unitRegister } from '../custody.ts'
import { codesOf } from '../items/lines.ts'
import { loadListNumber } from '../numbers.ts'
import { overItems, SHELVES } from '../items/over-items.ts'
import type { Scene } from '../scene.ts'
import {
  type AddPhoto,
  type CheckIn,
  type CountCash,
  type HandOver,
  type OpenCase,
  type RefuseItem,
  type Register,
  schemas,
} from '../schemas.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { checkIn, handOver, type Numbering, refuseItems } from './handover.ts'
import { addPhoto, register, type RegisterState } from './registering.ts'
import { loadRegister } from './store.ts'

/** From the opening of a case to the shelf: registered, photographed, counted, handed over, checked in or sent back. */
export const intakeHandlers = {
  'custody.open-case': handler<OpenCase, OpenCaseState>({
    schema: schemas['custody.open-case'],
    posts: ['officer'],
    registers: async (_trx, { unit }) => [unitRegister(unit)],
    load: loadOpenCase,
    decide: openCase,
  }),
  'custody.register': handler<Register, RegisterState>({
    schema: schemas['custody.register'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: (trx, command, circumstances) => loadRegister(trx, command, circumstances),
    decide: register,
  }),
  'custody.add-photo': handler<AddPhoto, Scene>({
    schema: schemas['custody.add-photo'],
    posts: ['officer', 'custodian'],
    registers: (trx, { items }) => registersOfItems(trx, codesOf(items)),
    load: (trx, { items }, circumstances) => loadScene(trx, codesOf(items), circumstances, {}),
    decide: addPhoto,
  }),
  'custody.count-cash': handler<CountCash, CashScene>({
    schema: schemas['custody.count-cash'],
    posts: ['officer', 'custodian'],
    registers: (trx, { item }) => registersOfItems(trx, [item]),
    load: async (trx, { item }, circumstances) => {
      const scene = await loadScene(trx, [item], circumstances, { heads: true })
      const counts = scene.items.get(item)?.cash?.rounds.at(-1)?.counts ?? []
      const contents = await readPersonal(
        trx,
        counts.map(({ figures }) => figures.ref),
      )
      return { ...scene, contents }
    },
    decide: countCash,
  }),
  'custody.hand-over': handler<HandOver, Scene & { readonly numbering: Numbering }>({
    schema: schemas['custody.hand-over'],
    posts: ['officer'],
    registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
    load: async (trx, command, circumstances) => {
      const scene = await loadScene(trx, codesOf(command.items), circumstances, { store: command.store })
      const [first] = scene.items.values()
      return { ...scene, numbering: await loadListNumber(trx, first?.unit, circumstances.at) }
    },
    decide: handOver,
  }),
  'custody.check-in': overItems<CheckIn>(schemas['custody.check-in'], ['custodian'], SHELVES, checkIn),
  'custody.refuse-item': overItems<RefuseItem>(schemas['custody.refuse-item'], ['custodian'], {}, refuseItems),
} satisfies Readonly<Record<string, Handler>>
