import { setSecret } from '../server/access/credentials.ts'
import type { Act, ActWithin } from '../server/act.ts'
import type { Db } from '../server/database/connect.ts'
import { SYSTEM } from '../server/module.ts'

/** A department and the store it hands over to: one custodian works there alone, so that places never write in one register. */
export interface Place {
  readonly unit: string
  readonly officers: readonly [string, string]
  readonly store: string
  readonly custodian: Custodian
  /** The second of the officers, who signs over what comes in. */
  readonly giver: Signer
}

/** Somebody who signs with a badge. */
export interface Signer {
  readonly id: string
  readonly badge: string
  readonly pin: string
}

export interface Custodian extends Signer {
  readonly login: string
  readonly password: string
}

const PLACES = 4
const FIRST_BADGE = 100_201
const FIRST_PIN = 274_019
const PIN_STEP = 31_607

function pinOf(index: number): string {
  return String(FIRST_PIN + index * PIN_STEP)
}

/** Who keeps every store. */
export const KEEPING_UNIT = 'keeping'

export const places: readonly Place[] = Array.from({ length: PLACES }, (_, index) => {
  const n = index + 1
  const id = `custodian-${n}`
  const badge = FIRST_BADGE + index
  return {
    unit: `dept-${n}`,
    officers: [`officer-${n}a`, `officer-${n}b`],
    store: `store-${n}`,
    custodian: {
      id,
      login: id,
      password: `qingguan-${badge}`,
      badge: `B${badge}`,
      pin: pinOf(index),
    },
    giver: { id: `officer-${n}b`, badge: `B${FIRST_BADGE + PLACES + index}`, pin: pinOf(PLACES + index) },
  }
})

/** Writes the organisation into its register, as of `at`, through the one door. */
export async function settle(
  { db, act, actWithin, pepper }: { db: Db; act: Act; actWithin: ActWithin; pepper: Uint8Array },
  at: string,
): Promise<void> {
  const who = { person: SYSTEM }
  let step = 0
  const options = () => ({ cause: `settle ${(step += 1)}`, at })
  const unit = (id: string, name: string, kind: string, parent: string | null) =>
    act(who, { type: 'org.add-unit', unit: id, name, kind, parent }, options())
  const person = async (id: string, name: string, of: string, post: string, place: string) => {
    await act(who, { type: 'org.add-person', person: id, login: id, name, unit: of }, options())
    await act(who, { type: 'org.appoint', person: id, post, place }, options())
  }
  await unit('organ', '云州市纪委监委', 'organ', null)
  await unit(KEEPING_UNIT, '涉案财物保管中心', 'keeping', 'organ')
  for (const [index, { unit: department, officers, store, custodian, giver }] of places.entries()) {
    const n = index + 1
    await unit(department, `第${n}审查调查室`, 'department', 'organ')
    await act(who, { type: 'org.open-store', store, name: `${n}号库`, unit: KEEPING_UNIT }, options())
    for (const officer of officers) await person(officer, `办案${officer.slice(-2)}`, department, 'officer', department)
    await person(custodian.id, `保管${n}`, KEEPING_UNIT, 'custodian', store)
    await act(who, { type: 'org.issue-badge', person: custodian.id, badge: custodian.badge }, options())
    const { id, login, password, pin } = custodian
    for (const [kind, secret] of [
      ['password', password],
      ['pin', pin],
    ] as const)
      await setSecret({ db, actWithin, pepper }, who, { person: id, login, kind, secret }, options())
    await act(who, { type: 'org.issue-badge', person: giver.id, badge: giver.badge }, options())
    const signing = { person: giver.id, login: giver.id, kind: 'pin', secret: giver.pin } as const
    await setSecret({ db, actWithin, pepper }, who, signing, options())
  }
}
