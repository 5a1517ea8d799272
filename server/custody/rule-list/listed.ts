import { valueWords } from './value-words.ts'
import type { Words } from '../../refusal.ts'
import { localDay } from '../../local-time.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules.ts'
import type { ListedRule } from './protocol.ts'
import { ruleTitles } from './titles.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T/

/** A value as people read it: every word of the program by its name, lists in one line, what goes by track track by track. */
function sayValue(value: unknown): Words {
  if (typeof value === 'number') return both(value.toLocaleString('en-US').replaceAll(',', ' '))
  if (typeof value === 'string') return INSTANT.test(value) ? both(localDay(value)) : (valueWords[value] ?? both(value))
  if (Array.isArray(value)) {
    if (value.length === 0) return { zh: '无', en: 'none' }
    const said = value.map(sayValue)
    return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(', ') }
  }
  const said = Object.entries(value as Readonly<Record<string, unknown>>).map(([name, of]) => [
    sayValue(name),
    sayValue(of),
  ])
  return {
    zh: said.map(([name, of]) => `${name?.zh ?? ''}：${of?.zh ?? ''}`).join('；'),
    en: said.map(([name, of]) => `${name?.en ?? ''}: ${of?.en ?? ''}`).join('; '),
  }
}

function both(text: string): Words {
  return { zh: text, en: text }
}

/** Every number and list that custody decides by, with where each stands. */
export const listedRules: readonly ListedRule[] = Object.entries<Rule<unknown>>(rules).map(
  ([id, { value, instrument, version, article, standing }]) => ({
    ...{ rule: id, value: sayValue(value), instrument, version, article, standing },
    title: ruleTitles[id as keyof typeof rules] ?? { zh: article, en: id.replaceAll('_', ' ') },
  }),
)
