import type { Circumstances, Decision, Json } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, unitRegister } from '../custody.ts'
import { register, type RegisterState } from '../intake/registering.ts'
import type { Register } from '../schemas.ts'
import type { AcceptInbound } from './accept-schemas.ts'
import { type CheckedLine, foundOf, type Inbound, openInbound, takenOf, uncheckedOf, unsettledOf } from './inbound.ts'
import { signedBy } from './signed.ts'

/** What accepting looks at: what registering does, and the list with what its seals hide. */
export interface AcceptState extends RegisterState {
  readonly inbound: Inbound | null
  readonly contents: ReadonlyMap<string, Json>
}

/** The registration that an acceptance comes to: what was found, with what the officer says of it beside. */
export function registrationOf(
  inbound: Inbound,
  { items, measure, holder, witness, relevance, recording, recordingLater, checked }: AcceptInbound,
  contents: ReadonlyMap<string, Json>,
): Register {
  const taken = new Map(takenOf(inbound).map((one) => [one.line, foundOf(one)]))
  const lines = items.flatMap(({ line, ...said }) => {
    const found = taken.get(line)
    if (found === undefined) return []
    const features = contents.get(found.features?.ref ?? '')
    return {
      ...{ ...said, name: found.name, quantity: found.quantity, unit: found.quantityUnit },
      ...(typeof features === 'string' ? { features } : {}),
      ...(found.weight_mg === null ? {} : { weight_mg: found.weight_mg }),
    }
  })
  return {
    ...{ type: 'custody.register', case: inbound.case, items: lines },
    ...(measure === undefined ? {} : { measure }),
    ...(holder === undefined ? {} : { holder }),
    ...(witness === undefined ? {} : { witness }),
    ...(relevance === undefined ? {} : { relevance }),
    ...(recording === undefined ? {} : { recording }),
    ...(recordingLater === undefined ? {} : { recordingLater }),
    ...(checked === undefined ? {} : { checked }),
  }
}

/**
 * The list is accepted once every line is checked and every difference settled; each line that is taken is registered as every item is, and
 * says where it came from (rules C-35).
 * @throws Refusal `custody.inbound-open`, `custody.inbound-lines`, `custody.inbound-said`, as `signedBy`, `openInbound` and `register`
 */
export function acceptInbound(state: AcceptState, command: AcceptInbound, act: Circumstances): Decision {
  const { inbound, of } = openInbound(state, command.inbound, act.actor)
  const open = [...uncheckedOf(inbound), ...unsettledOf(inbound)].sort((one, other) => one - other)
  if (open.length > 0) throw new Refusal('custody.inbound-open', { lines: open.join('、'), linesEn: open.join(', ') })
  const taken = takenOf(inbound)
  const named = command.items.map(({ line }) => line)
  const wanted = taken.map(({ line }) => line)
  if (named.length !== wanted.length || wanted.some((line) => !named.includes(line)))
    throw new Refusal('custody.inbound-lines', { lines: wanted.join('、'), linesEn: wanted.join(', ') })
  mustSayNothingTwice(taken, command)
  const signed = signedBy(command.signed, act)
  const { facts, result } =
    taken.length === 0
      ? { facts: [], result: { items: [] } }
      : register(state, registrationOf(inbound, command, state.contents), act)
  const given = (result as { items: readonly { code: string; epc: string; ordinal: number }[] }).items
  const byLine = new Map(taken.map((one) => [one.line, foundOf(one)]))
  const { id, organ, number } = inbound
  const sourced = facts.map((fact, index) => {
    // What was filmed and seen to stands behind the items.
    if (fact.type !== 'custody.registered') return fact
    const line = named[index] ?? 0
    const source = { inbound: id, organ, number, line, seal: byLine.get(line)?.seal ?? null }
    return { ...fact, body: { ...fact.body, source } }
  })
  const items = given.map(({ code }, index) => ({ line: named[index] ?? 0, item: code }))
  return {
    facts: [...sourced, draft(unitRegister(of.unit), 'custody.inbound-accepted', `inbound/${id}`, { items, signed })],
    result: { items: given.map((one) => ({ ...one })) },
  }
}

/** What the list says, or was found otherwise, is not said a second time: a difference has its own verdict. */
function mustSayNothingTwice(taken: readonly CheckedLine[], { items }: AcceptInbound): void {
  const found = new Map(taken.map((one) => [one.line, foundOf(one)]))
  for (const { line, weight_mg, features } of items) {
    const { weight_mg: weighed = null, features: told = null } = found.get(line) ?? {}
    if (weight_mg !== undefined && weighed !== null)
      throw new Refusal('custody.inbound-said', { line, what: '重量', whatEn: 'weight' })
    if (features !== undefined && told !== null)
      throw new Refusal('custody.inbound-said', { line, what: '特征', whatEn: 'features' })
  }
}
