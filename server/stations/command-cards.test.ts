import { expect, it } from 'vitest'
import { parseCode } from '../../labels/item-code.ts'
import { commandCards, drawCommandCard } from './command-cards.ts'

it('each command card scans as its word and is drawn with its name', () => {
  for (const { word, payload, words } of commandCards) {
    expect(parseCode(payload)).toMatchObject({ ok: true, kind: 'command', word })
    expect(drawCommandCard(word)).toContain(words.zh)
  }
})
