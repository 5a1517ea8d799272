import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { type Container, itemsLentIn } from '../keeping/containers.ts'
import { mustLieAt, Placing } from '../keeping/locations.ts'
import type { ReturnContainer } from '../keeping/schemas.ts'
import { caseOf, containerOf, itemOf, locationOf, type Scene } from '../scene.ts'
import { mustBringBack, mustDiffer, mustKeep } from '../separation.ts'
import { NOT_WEIGHED } from '../weighing/weights.ts'
import { compared, mustTakeBackUnseen } from './loans.ts'

/**
 * A seal from under which something was taken while the box was out is not whole, whatever it looks like: something was brought back by itself,
 * or was on the bench to be compared, whatever came of that.
 * @throws Refusal `custody.container-seal-opened`
 */
export function mustBeUnopened(
  scene: Pick<Scene, 'unpacked' | 'items'>,
  { code, seal }: Pick<Container, 'code' | 'seal'>,
): void {
  if (seal === null) return
  const seen = itemsLentIn(scene, code).some((one) => wasCompared(scene.items.get(one)))
  if (seen || scene.unpacked.has(code))
    throw new Refusal('custody.container-seal-opened', { container: code, number: seal.number })
}

/** Whether a thing was compared on the loan that it is out on, and differed: what was seen of it was outside its box. */
function wasCompared(item: Item | undefined): boolean {
  if (item === undefined || item.loan === null) return false
  const { loan, difference, incident, concluded } = item
  const found = [...concluded, ...(incident === null ? [] : [incident])]
  return (
    difference?.loan === loan.loan || found.some(({ points, openedAt }) => points.length > 0 && openedAt >= loan.lentAt)
  )
}

/**
 * 整箱归还: a lent box is back on a shelf of its store. Where its seal is whole, what went out in it and was not brought back since comes back with
 * it, unseen, each thing by facts of its own: what lies under an unbroken seal of two custodians is taken as they closed it, as it is in a
 * count. So does what an incident is open about: it stays frozen, and the incident open. Where the box went open, or its seal is found broken, the
 * box alone is back, and each thing is compared for itself; what does not come stays out on its loan. Whoever brings it signs, while anything is
 * out in it.
 * @throws Refusal `custody.container-not-lent`, `custody.container-seal-not-checked`, `custody.container-seal-opened`, those of a return and those of a shelf
 */
export function returnContainer(scene: Scene, command: ReturnContainer, circumstances: Circumstances): Decision {
  const box = containerOf(scene, command.container)
  const { store, seal, lent } = box
  mustKeep(circumstances, store)
  if (lent === undefined) throw new Refusal('custody.container-not-lent', { container: box.code })
  if (command.location.startsWith('C')) throw new Refusal('custody.container-no-shelf')
  mustLieAt(locationOf(scene, command.location), store)
  if (seal !== null && command.seal === undefined)
    throw new Refusal('custody.container-seal-not-checked', { container: box.code, number: seal.number })
  if (command.seal === 'intact') mustBeUnopened(scene, box)
  const items = itemsLentIn(scene, box.code).map((code) => itemOf(scene, code))
  mustDiffer(circumstances.actor.person, { borrower: lent.borrower })
  for (const item of items) mustBringBack(scene, item.loan?.borrower ?? '', caseOf(scene, item.case))
  const register = storeRegister(store)
  const isWhole = seal !== null && command.seal === 'intact'
  const back = draft(register, 'custody.container-returned', `container/${box.code}`, {
    ...{ loan: lent.loan, location: command.location, items: isWhole ? items.length : 0 },
    seal: seal === null ? ('none' as const) : (command.seal ?? 'broken'),
  })
  if (!isWhole) return { facts: [back], result: { returned: [], out: items.map(({ code }) => code) } }
  const facts: FactDraft[] = [back]
  const placing = new Placing(scene, store)
  const inside = { container: box.code, sealedIn: { container: box.code, number: seal.number } }
  for (const item of items) {
    const { loan } = mustTakeBackUnseen(scene, item, circumstances)
    const { location } = placing.put(item, command.location)
    const giver = facts.length
    const { loan: id, borrower } = loan
    const body = { loan: id, store, location, ...inside, ...NOT_WEIGHED, points: compared(item, {}, null) }
    facts.push(
      draft(unitRegister(item.unit), 'custody.handed-back', `item/${item.code}`, { loan: id, borrower }),
      draft(register, 'custody.returned', `item/${item.code}`, body, giver),
    )
  }
  for (const [loan, its] of Map.groupBy(items, (item) => item.loan?.loan ?? ''))
    facts.push(
      draft(register, 'custody.loan-checked', `loan/${loan}`, {
        ...{ returned: its.map(({ code }) => code), differing: [] },
      }),
    )
  return { facts, result: { returned: items.map(({ code }) => code), out: [] } }
}
