import type { keptZh } from './kept.zh.ts'

/** Kept lists, drafts and the state of the machine, in English. */
export const keptEn: Readonly<Record<keyof typeof keptZh, string>> = {
  'kept.title': 'Kept lists',
  'kept.keep': 'Keep this list',
  'kept.name': 'Name',
  'kept.done': 'Kept: {name}',
  'kept.drop': 'Take away {name}',
  'kept.none': 'No list is kept yet; open one and keep it.',
  'kept.search': 'Search for {q}',
  'draft.kept': 'Draft kept {at}',
  'draft.not-kept': 'The draft could not be kept on the server: do not close the page',
  'draft.taken-up': 'The draft of {at} is taken up again; choose the photos anew.',
  'machine.title': 'This server',
  'machine.disk': '{free} GiB of {size} GiB are free on the data disk.',
  'machine.too-soon': 'Fewer than three days are on record: no forecast yet.',
  'machine.steady': 'It has not shrunk in thirty days.',
  'machine.days-left': 'About {takes} GiB a day in thirty days: full in about {days} {days:day|days}.',
  'machine.well': 'Nothing to be looked at',
}
