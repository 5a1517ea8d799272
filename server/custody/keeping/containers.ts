import { makeCode } from '../../../labels/item-code.ts'
import type { Circumstances, Decision, Fact, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Seal } from '../custody.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { mustLieAt, Placing } from './locations.ts'
import { yearOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import { caseOf, containerOf, itemOf, locationOf, mustBeAble, mustBeOpenBox, type Scene } from '../scene.ts'
import type { AddContainer, MoveContainer, OpenContainer, SealContainer } from './schemas.ts'
import { FreshSeals, mustBeClosed, type RetiredSeal, retired } from '../seals/seals.ts'
import { type BoxLoan, mustBeHere } from './whole-box.ts'
import { holdsPost, mustBeApart, mustBeEnough, mustKeep } from '../separation.ts'

/** A box of a store that holds items: it stands at a location, and what it holds lies there with it. */
export type Container = {
  readonly code: string
  readonly store: string
  readonly name: string
  readonly location: string
  /** Items at most. */
  readonly capacity: number
  readonly year: number
  readonly serial: number
  /** Null while it is open. */
  readonly seal: Seal | null
  /** Seals it wore before, oldest first; absent until one was opened. */
  readonly retiredSeals?: readonly RetiredSeal[]
  /** Out of the store with what was lent in it; absent while it stands at its location. */
  readonly lent?: BoxLoan
}

/** What one more fact makes of a box. A seal that is opened or comes back broken is kept among its retired ones. */
export function evolveContainer(container: Container | null, raw: Fact): Container | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.container-added') {
    const { subject, store, name, location, capacity, year, serial } = fact.body
    return { code: subject.slice('container/'.length), store, name, location, capacity, year, serial, seal: null }
  }
  if (container === null) return null
  switch (fact.type) {
    case 'custody.container-moved':
      return { ...container, location: fact.body.to }
    case 'custody.container-sealed': {
      const { number, signers } = fact.body
      return { ...container, seal: { number, signers, sealedAt: fact.at } }
    }
    case 'custody.container-opened':
      return { ...container, seal: null, ...retired(container, fact.at, 'OPENED') }
    case 'custody.container-lent': {
      const { loan, borrower } = fact.body
      return { ...container, lent: { loan, borrower, lentAt: fact.at } }
    }
    case 'custody.container-returned': {
      const { lent: _, ...back } = container
      const { location, seal } = fact.body
      return {
        ...back,
        location,
        ...(seal === 'broken' ? { seal: null, ...retired(container, fact.at, 'BROKEN') } : {}),
      }
    }
    default:
      return container
  }
}

export interface AddContainerState extends Pick<Scene, 'locations'> {
  readonly storeKnown: boolean
  /** The store's two characters in its codes. */
  readonly storeNumber: string
  readonly nextSerial: number
}

/** A new box at a location of the store; answers with its code. */
export function addContainer(state: AddContainerState, command: AddContainer, circumstances: Circumstances): Decision {
  const { store, name, location, capacity } = command
  if (!state.storeKnown) throw new Refusal('custody.unknown-store', { store })
  mustKeep(circumstances, store)
  mustLieAt(locationOf(state, location), store)
  mustFitPaper({ 名称: { en: 'Name', text: name } })
  const year = yearOf(circumstances.at)
  const serial = state.nextSerial
  const code = makeCode({ kind: 'container', unit: state.storeNumber, year, serial })
  const body = { store, name, location, capacity, year, serial }
  return {
    facts: [draft(storeRegister(store), 'custody.container-added', `container/${code}`, body)],
    result: { code },
  }
}

/**
 * 移箱: a box is carried to another location of its store, sealed or not, with everything in it: one act, a fact for the box and one for each
 * item, all or none. What may not be moved, or may not lie there, keeps the whole box where it is.
 */
export function moveContainer(scene: Scene, command: MoveContainer, circumstances: Circumstances): Decision {
  const box = containerOf(scene, command.container)
  const { store } = box
  mustKeep(circumstances, store)
  mustBeHere(box)
  const to = command.location
  if (to.startsWith('C')) throw new Refusal('custody.container-no-shelf')
  mustLieAt(locationOf(scene, to), store)
  if (to === box.location) throw new Refusal('custody.container-there', { container: box.code })
  const register = storeRegister(store)
  const placing = new Placing(scene, store)
  const moved = contentsOf(scene, box.code).map((code): FactDraft => {
    const item = itemOf(scene, code)
    mustBeAble(item, 'move', circumstances)
    mustBeClosed(item)
    const of = caseOf(scene, item.case)
    mustBeApart(circumstances.actor, of)
    mustBeEnough(scene, circumstances, item, of)
    const { location } = placing.put(item, to)
    return draft(register, 'custody.moved', `item/${code}`, { from: box.location, to: location, container: box.code })
  })
  const carried = draft(register, 'custody.container-moved', `container/${box.code}`, {
    ...{ from: box.location, to, items: moved.length },
  })
  return { facts: [carried, ...moved], result: { items: moved.length } }
}

/** What lies in a box, in the order of the codes; the scene holds all of it. */
export function contentsOf({ items }: Pick<Scene, 'items'>, container: string): string[] {
  return [...items.values()]
    .filter((item) => item.container === container && item.location !== null)
    .map(({ code }) => code)
    .sort()
}

/** What is out on the loan that a box went out on, and has not come back yet, in the order of the codes; the scene holds all of it. */
export function itemsLentIn({ items }: Pick<Scene, 'items'>, container: string): string[] {
  return [...items.values()]
    .filter(({ loan }) => loan?.container === container)
    .map(({ code }) => code)
    .sort()
}

/** 加封: two custodians close a box with a seal that was never used. */
export function sealContainer(scene: Scene, command: SealContainer, circumstances: Circumstances): Decision {
  const box = containerOf(scene, command.container)
  mustKeep(circumstances, box.store)
  mustBeHere(box)
  mustBeOpenBox(box)
  const { number } = command
  const signers = mustBeKeepers(scene, box, circumstances)
  new FreshSeals(scene.seals).take({ number, signers, sealedAt: circumstances.at }, { field: 'number' })
  return {
    facts: [draft(storeRegister(box.store), 'custody.container-sealed', `container/${box.code}`, { number, signers })],
  }
}

/** 启封: two custodians open it, for a reason. */
export function openContainer(scene: Scene, command: OpenContainer, circumstances: Circumstances): Decision {
  const box = containerOf(scene, command.container)
  mustKeep(circumstances, box.store)
  mustBeHere(box)
  if (box.seal === null) throw new Refusal('custody.container-open', { container: box.code })
  const { number } = box.seal
  const signers = mustBeKeepers(scene, box, circumstances)
  const reason = circumstances.mint.seal(command.reason)
  return {
    facts: [
      draft(storeRegister(box.store), 'custody.container-opened', `container/${box.code}`, { number, signers, reason }),
    ],
  }
}

function mustBeKeepers(
  { signers }: Pick<Scene, 'signers'>,
  { store }: Container,
  { actor }: Pick<Circumstances, 'actor'>,
): string[] {
  const { value: needed } = rules.container_seal_signers
  const keepers = [actor, ...signers.values()].filter((one) => holdsPost(one, 'custodian', store))
  const people = [...new Set(keepers.map(({ person }) => person))].sort()
  if (people.length < needed) throw new Refusal('custody.container-keepers', { needed })
  return people
}
