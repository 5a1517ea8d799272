import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import type { AgreePortrait, SetPortrait } from '../schemas.ts'

/** The photo of a clerk for the screens of a hall (rules K-12): set by its head, shown once the clerk agrees, and no longer than he does. */
export interface Portrait {
  readonly hall: string
  readonly clerk: string
  /** Of the photo as it is kept; null when it was taken away. */
  readonly photo: string | null
  readonly agreed: boolean
}

/** One of a clerk in each hall: who works in two agrees to each apart. */
export function portraitId(hall: string, clerk: string): string {
  return `${hall}.${clerk}`
}

/** What one more fact makes of a portrait. Another photo needs another word of the clerk: setting one takes his agreement back. */
export function evolvePortrait(one: Portrait | null, raw: Fact): Portrait | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.portrait-set') {
    const { hall, clerk, photo } = fact.body
    return { hall, clerk, photo, agreed: false }
  }
  if (one === null) return null
  switch (fact.type) {
    case 'rating.portrait-agreed':
      return { ...one, agreed: true }
    case 'rating.portrait-withdrawn':
      return { ...one, photo: null, agreed: false }
    default:
      return one
  }
}

export interface PortraitState {
  readonly portrait: Portrait | null
  readonly hallKnown: boolean
  /** Whether he is a clerk of that hall now. */
  readonly isClerk: boolean
  /** Whether the photo that is named is kept, by who names it. */
  readonly photoKept: boolean
}

/**
 * The head of the hall sets the photo of a clerk, another one in place of it, or takes it away. Another one is agreed to anew.
 * @throws Refusal `rating.unknown-hall`, `rating.not-your-hall`, `rating.no-such-clerk`, `file.not-found`, `rating.no-portrait`
 */
export function setPortrait(state: PortraitState, command: SetPortrait, { actor }: Circumstances): Decision {
  const { hall, clerk, photo } = command
  if (!state.hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  const subject = `portrait/${portraitId(hall, clerk)}`
  if (photo === null) {
    if (state.portrait === null || state.portrait.photo === null) throw new Refusal('rating.no-portrait')
    return { facts: [draft(hall, 'rating.portrait-withdrawn', subject, {})] }
  }
  if (!state.isClerk) throw new Refusal('rating.no-such-clerk', { clerk })
  if (!state.photoKept) throw new Refusal('file.not-found')
  return { facts: [draft(hall, 'rating.portrait-set', subject, { hall, clerk, photo })] }
}

/**
 * The clerk himself agrees that his photo is shown, or takes it back, whenever he likes (Personal Information Protection Law, article 15).
 * @throws Refusal `rating.no-portrait`, `rating.portrait-changed` (it is not the photo that he saw)
 */
export function agreePortrait(
  { portrait }: Pick<PortraitState, 'portrait'>,
  { hall, photo, agree }: AgreePortrait,
  { actor }: Circumstances,
): Decision {
  if (portrait === null || portrait.photo === null) throw new Refusal('rating.no-portrait')
  if (portrait.photo !== photo) throw new Refusal('rating.portrait-changed')
  if (portrait.agreed && agree) return { facts: [] }
  const subject = `portrait/${portraitId(hall, actor.person)}`
  return { facts: [draft(hall, agree ? 'rating.portrait-agreed' : 'rating.portrait-withdrawn', subject, {})] }
}
