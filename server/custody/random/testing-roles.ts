import type { ChainEntry } from '../protocol.ts'

type Role = 'inspects' | 'reviews' | 'executes'

/**
 * What must hold of a whole tax case (税收征管法实施细则 85), from the entries of all its items' lives: nobody inspects and reviews, reviews and
 * executes, or inspects and executes in it. To hand back what was taken ends a measure: who inspects may do that.
 */
export function faultsOfRoles(
  lives: ReadonlyMap<string, readonly ChainEntry[]>,
  officers: readonly string[],
): readonly string[] {
  const known = new Map<string, Set<Role>>()
  const plays = (role: Role, people: readonly string[]): void => {
    for (const person of people) known.set(person, (known.get(person) ?? new Set()).add(role))
  }
  plays('inspects', officers)
  for (const entries of lives.values())
    for (const { type, actor, with: others, body } of entries) {
      const said = body as Readonly<Record<string, unknown>>
      if (type === 'custody.proposed-for-disposal') plays('inspects', [actor])
      if (type === 'custody.disposal-reviewed' || type === 'custody.disposal-approved') plays('reviews', [actor])
      if (type === 'custody.proposal-dropped' && said['why'] === 'refused') plays('reviews', [actor])
      if (type !== 'custody.disposed') continue
      const hands = [actor, ...others]
      plays('executes', said['way'] === 'RETURN' ? hands.filter((one) => !officers.includes(one)) : hands)
    }
  return [...known].flatMap(([person, roles]) =>
    roles.size > 1 ? [`${person} ${[...roles].join(' and ')} in one tax case`] : [],
  )
}
