/** How a person answers: the buttons of a step with the keys and command cards that do the same. */

import type { CommandWord, OptionView, ScreenInput } from '../../../server/stations/protocol.ts'
import type { PlainKey } from '../../words/keys.ts'

/** One key a command, the same at every step. No key here is typed by a scanner. */
export const COMMAND_KEYS = {
  CONFIRM: 'F2',
  LOOKUP: 'F3',
  REFUSE: 'F4',
  UNDO: 'F6',
  MOVE: 'F7',
  CANCEL: 'F8',
  WEIGH: 'F9',
  LOCK: 'F10',
  OPEN: 'Alt+0',
} as const satisfies Readonly<Record<CommandWord, string>>

export const COMMAND_WORDS = {
  CONFIRM: 'command.CONFIRM',
  LOOKUP: 'command.LOOKUP',
  REFUSE: 'command.REFUSE',
  UNDO: 'command.UNDO',
  MOVE: 'command.MOVE',
  CANCEL: 'command.CANCEL',
  WEIGH: 'command.WEIGH',
  LOCK: 'command.LOCK',
  OPEN: 'command.OPEN',
} as const satisfies Readonly<Record<CommandWord, PlainKey>>

/** The option of `choose` that takes words of its own. */
export const OTHER = 'other'

const NUMBERED_MOST = 9

export interface Answerable {
  readonly option: OptionView
  /** As `bindKeys` names it; null for what only a pointer or the Tab key reaches. */
  readonly key: string | null
}

/** The options in two rows: the answers to the question, and what is always there (take back, cancel). */
export function answerable(options: readonly OptionView[]): {
  answers: readonly Answerable[]
  always: readonly Answerable[]
} {
  let number = 0
  const keyed = options.map((option): Answerable => {
    if (option.word !== null) return { option, key: COMMAND_KEYS[option.word] }
    number += 1
    return { option, key: number <= NUMBERED_MOST ? `Alt+${number}` : null }
  })
  const isAlways = ({ option }: Answerable): boolean => option.word === 'UNDO' || option.word === 'CANCEL'
  return { answers: keyed.filter((one) => !isAlways(one)), always: keyed.filter(isAlways) }
}

/** What choosing it sends, for the step that the screen shows. */
export function inputOf({ id, word }: OptionView, step: number): ScreenInput {
  return word === null ? { type: 'choose', step, option: id } : { type: 'command', step, word }
}
