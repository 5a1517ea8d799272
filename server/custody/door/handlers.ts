import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import { type Handler, handler, SYSTEM } from '../../module.ts'
import { loadAlarm } from './alarm-reads.ts'
import { acknowledgeAlarm, type Alarm, type AlarmState, type DoorState, raiseAlarm, settlePassing } from './alarms.ts'
import { storeRegister } from '../custody.ts'
import { alarms, items } from '../projections.ts'
import { rules } from '../rules.ts'
import { schemas } from '../schemas.ts'
import type { AcknowledgeAlarm, DoorAlarm, DoorPass } from './schemas.ts'
import { keepingUnits, registersOfItems } from '../store.ts'

async function registerOfAlarm(trx: Trx, alarm: string): Promise<string[]> {
  const found = await trx.selectFrom('alarms').select('store').where('id', '=', alarm).execute()
  return found.map(({ store }) => storeRegister(store))
}

async function isStore(trx: Trx, place: string): Promise<boolean> {
  return (await keepingUnits(trx, [place])).has(place)
}

/** What a store's door does and is answered. */
export const doorHandlers: Readonly<Record<string, Handler>> = {
  'custody.door-alarm': handler<DoorAlarm, DoorState>({
    schema: schemas['custody.door-alarm'],
    posts: [SYSTEM],
    registers: async (trx, { place, item }) => [
      ...((await isStore(trx, place)) ? [storeRegister(place)] : []),
      ...(await registersOfItems(trx, [item])),
    ],
    load: async (trx, { place, item }) => {
      const found = await loadStates(trx, items, [item], { lock: true })
      const waiting = await trx
        .selectFrom('alarms')
        .select('id')
        .where('item', '=', item)
        .where('open', '=', true)
        .execute()
      return { item: found.get(item) ?? null, waits: waiting.length > 0, isOfStore: await isStore(trx, place) }
    },
    decide: raiseAlarm,
  }),
  'custody.door-pass': handler<DoorPass, Alarm | null>({
    schema: schemas['custody.door-pass'],
    posts: [SYSTEM],
    registers: (trx, { alarm }) => registerOfAlarm(trx, alarm),
    load: async (trx, { alarm }) => (await loadStates(trx, alarms, [alarm], { lock: true })).get(alarm) ?? null,
    decide: settlePassing,
  }),
  'custody.acknowledge-alarm': handler<AcknowledgeAlarm, AlarmState | null>({
    schema: schemas['custody.acknowledge-alarm'],
    posts: ['custodian', 'supervisor', ...rules.head_posts.value],
    registers: (trx, { alarm }) => registerOfAlarm(trx, alarm),
    load: (trx, { alarm }) => loadAlarm(trx, alarm),
    decide: acknowledgeAlarm,
  }),
}
