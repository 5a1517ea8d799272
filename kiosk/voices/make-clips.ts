/**
 * Makes the clips that come along: `node kiosk/voices/make-clips.ts`, with espeak-ng and lame on the machine. Run when a text of `clips.ts` has
 * changed; the program itself plays files and knows no speech engine.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { en } from '../words/en.ts'
import { zh } from '../words/zh-CN.ts'
import { CLIPS } from './clips.ts'

/** Words a minute: slower than espeak-ng’s own 175, for a hall with an echo and for old ears. */
const PACE = { 'zh-CN': '150', en: '140' } as const
/** Bits a second; one voice needs no more. */
const MP3_KBPS = '32'
const LANGUAGES = [
  ['zh-CN', 'cmn-latn-pinyin', zh],
  ['en', 'en-us', en],
] as const

const work = mkdtempSync(join(tmpdir(), 'clips-'))
try {
  for (const [language, voice, words] of LANGUAGES) {
    const folder = join(import.meta.dirname, 'clips', language)
    mkdirSync(folder, { recursive: true })
    for (const [clip, key] of Object.entries(CLIPS)) {
      const wav = join(work, `${clip}.wav`)
      execFileSync('espeak-ng', ['-v', voice, '-s', PACE[language], '-p', '45', '-w', wav, words[key]])
      execFileSync('lame', ['--quiet', '-m', 'm', '-b', MP3_KBPS, '--cbr', wav, join(folder, `${clip}.mp3`)])
    }
  }
} finally {
  rmSync(work, { recursive: true })
}
