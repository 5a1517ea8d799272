import { Value } from 'typebox/value'
import type { Actor, Circumstances, Command, Decision, Handler } from '../../module.ts'
import { Invalid, Refusal } from '../../refusal.ts'
import { tellingFault } from '../../invalid-words.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import { codesOf } from '../items/lines.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { answersForStore, mustBeApart } from '../separation.ts'
import type { EnterFromPaper } from './schemas.ts'

const MS_PER_HOUR = 3_600_000

/** What an entry looks at: what the act itself does, as it was when it happened, and who compared the paper. */
export interface PaperScene {
  readonly scene: Scene
  /** Who acted, with the posts he held then. */
  readonly actor: Actor
  /** Those who signed with badge and PIN now. */
  readonly comparers: readonly Actor[]
  /** Department that keeps the store which the act is about; null where there is no such store. */
  readonly keeping: string | null
  /** The store that the act is about. */
  readonly store: string
}

/**
 * The act as its own command, without what is said of the paper.
 * @throws Invalid for a member that the act does not take
 */
export function actOnPaper(command: EnterFromPaper, { schema }: Pick<Handler, 'schema'>): Command {
  const { act, happenedAt: _at, sheet: _sheet, reason: _reason, signedBy: _signedBy, type: _type, ...body } = command
  if (!Value.Check(schema, body)) throw new Invalid(tellingFault(Value.Errors(schema, body)))
  return { type: `custody.${act}`, ...body }
}

/** As it was when it happened: whoever signed the paper signed the act. At no station, for there was none. */
export function whenItHappened(
  { happenedAt: at, signedBy }: EnterFromPaper,
  circumstances: Circumstances,
  actor: Actor,
): Circumstances {
  return { ...circumstances, actor, with: signedBy, station: null, at }
}

/**
 * 断电补录: an act of the bench that was done on paper, by who did it, after another has compared the paper. It is decided as it would have
 * been then, and stands in the register at its own time; when it was written down stands beside it.
 * @throws Refusal `custody.paper-in-future`, `custody.paper-too-old`, `custody.paper-not-compared`, and those of the act
 */
export function enterFromPaper(
  { scene, actor, comparers, keeping, store }: PaperScene,
  command: EnterFromPaper,
  circumstances: Circumstances,
  handler: Handler,
): Decision {
  const { act, happenedAt, sheet, signedBy } = command
  mustBeRecent(happenedAt, circumstances.at)
  const decided = handler.decide(scene, actOnPaper(command, handler), whenItHappened(command, circumstances, actor))
  const items = codesOf(command.items).map((code) => itemOf(scene, code))
  const [comparer, ...more] = comparers
  const isOther = comparer !== undefined && more.length === 0 && !signedBy.includes(comparer.person)
  if (!isOther || comparer.person === actor.person || !answersForStore(comparer, store, keeping))
    throw new Refusal('custody.paper-not-compared')
  for (const item of items) mustBeApart(comparer, caseOf(scene, item.case))
  const reason = circumstances.mint.seal(command.reason)
  const entered = items.map((item) =>
    draft(
      act === 'hand-over' ? unitRegister(item.unit) : storeRegister(store),
      'custody.entered-from-paper',
      `item/${item.code}`,
      { act, sheet, reason, signedBy, comparedBy: comparer.person },
    ),
  )
  return { ...decided, facts: [...decided.facts, ...entered], happenedAt }
}

function mustBeRecent(happenedAt: string, at: string): void {
  if (happenedAt > at) throw new Refusal('custody.paper-in-future', { at: happenedAt })
  const hours = rules.paper_entry_hours.value
  if (Date.parse(at) - Date.parse(happenedAt) > hours * MS_PER_HOUR)
    throw new Refusal('custody.paper-too-old', { at: happenedAt, hours })
}
