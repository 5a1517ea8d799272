import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type FollowUpState, heads, maySee, mustBe, mustHaveRater, supervises } from '../follow-ups.ts'
import { ANSWER, nameOf } from '../questionnaire.ts'
import { draft, groupName } from '../rating.ts'
import type { AskFix } from '../schemas.ts'

/** How long a rater has to say what he thinks of the answer. The house's own number. */
export const FIX_LIFE_MS = 7 * 24 * 60 * 60_000

/**
 * What ratings of answers are counted in: one group for each hall, apart from every group of services. No hall's id holds a full stop, so that
 * nothing that reads the votes of a hall ever adds these to them.
 */
export function groupOfFixes(hall: string): string {
  const answers = `answers.${hall}`
  return groupName({ hall: answers, counter: 'all', clerk: 'all', matter: 'all', questionnaire: nameOf(ANSWER) })
}

/**
 * 回访评价: asks the rater, by the contact that he left, how he finds the answer. Whoever asks is shown the contact and the address of the one vote,
 * and every time stands in the register. It is neither who gave the answer nor who was rated: the vote would pass through the hands of whom it is
 * about. What is cast is sealed where it is cast and is counted with nine others or more of the hall, so that not even who asked learns it; it
 * stands in no register, and nothing ties it to the vote that was cast at the counter, which was counted in another group and is not known either.
 * Asked again it is the same vote with the same end.
 * @throws Refusal `rating.unknown-follow-up`, `rating.fix-own`, `rating.nobody-to-call`, `rating.follow-up-elsewhere`, `rating.fix-over`, `rating.no-key`
 */
export function askFix(
  { followUp, hasKey }: FollowUpState & { readonly hasKey: boolean },
  { followUp: id }: AskFix,
  { actor, at }: Circumstances,
): Decision {
  if (followUp === null || !maySee(followUp, actor)) throw new Refusal('rating.unknown-follow-up', { followUp: id })
  const { hall, handler, clerk, fix } = followUp
  const own = actor.person === handler || actor.person === clerk
  if (own || !(heads(actor, hall) || supervises(actor))) throw new Refusal('rating.fix-own')
  mustHaveRater(followUp)
  mustBe(followUp, 'fed-back', 'closed')
  if (fix !== undefined && fix.expiresAt <= at) throw new Refusal('rating.fix-over')
  if (!hasKey) throw new Refusal('rating.no-key')
  const asked = fix ?? {
    group: groupOfFixes(hall),
    expiresAt: new Date(Date.parse(at) + FIX_LIFE_MS).toISOString(),
  }
  return {
    facts: [draft(hall, 'rating.fix-asked', `follow-up/${id}`, { group: asked.group, expiresAt: asked.expiresAt })],
    result: { expiresAt: asked.expiresAt },
  }
}
