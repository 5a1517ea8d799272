/** The language of the page, and every text in it. */

import type { BothWords } from '../notice.ts'
import { en } from './en.ts'
import { fill, withPlainQuotes } from './fill.ts'
import type { Values, WordKey } from './keys.ts'
import { zh } from './zh-CN.ts'

export type Language = 'zh-CN' | 'en'

const KEPT = 'clearhold.language'

class Chosen {
  #language = $state<Language>(localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN')

  constructor() {
    document.documentElement.lang = this.#language
  }

  get language(): Language {
    return this.#language
  }

  /** Changes every text at once; kept on this machine. */
  set language(language: Language) {
    this.#language = language
    document.documentElement.lang = language
    localStorage.setItem(KEPT, language)
  }
}

export const chosen = new Chosen()

/** The text of a key in the chosen language; follows the switch wherever markup calls it. */
export function t<Key extends WordKey>(key: Key, ...values: Values<Key>): string {
  return chosen.language === 'en' ? withPlainQuotes(fill(en[key], values[0] ?? {})) : fill(zh[key], values[0] ?? {})
}

/** The chosen one of two texts, as the server sends them. */
export function pick(words: BothWords): string {
  return chosen.language === 'en' ? withPlainQuotes(words.en) : words.zh
}
