import { expect, test } from 'vitest'
import { type Outlet, Voice } from './voice.ts'

function heard(awake = true) {
  const said: string[][] = []
  const outlet: Outlet & { awake: boolean } = {
    awake,
    say: async (recordings) => void said.push(recordings.map((one) => new TextDecoder().decode(one))),
    hush: () => void said.push([]),
  }
  return { said, outlet }
}
const ok = async (path: string): Promise<Response> => new Response(path.split('/').slice(-2).join('/'))

test('clips are said in their order, in the language of the page', async () => {
  const { said, outlet } = heard()
  await new Voice(outlet, ok).say(['ask', 'level-5'], 'en')
  expect(said).toEqual([['en/ask', 'en/level-5']])
})

test('the newest is what counts: what is asked for and then hushed or overtaken is not said', async () => {
  const { said, outlet } = heard()
  const voice = new Voice(outlet, ok)
  const first = voice.say(['ask'], 'zh-CN')
  await voice.say(['thanks'], 'zh-CN')
  await first
  const last = voice.say(['ask'], 'zh-CN')
  voice.hush()
  await last
  expect(said).toEqual([['zh-CN/thanks'], []])
})

test('before the first touch nothing is said, and nothing is made up for', async () => {
  const { said, outlet } = heard(false)
  const voice = new Voice(outlet, ok)
  await voice.say(['ask'], 'zh-CN')
  outlet.awake = true
  expect(said).toEqual([])
  await voice.say(['thanks'], 'zh-CN')
  expect(said).toEqual([['zh-CN/thanks']])
})

test('a clip that does not come is passed over, and asked for again', async () => {
  const { said, outlet } = heard()
  let there = false
  const voice = new Voice(outlet, async (path) => {
    if (path.endsWith('ask') && !there) throw new TypeError('the line is down')
    return path.endsWith('level-1') ? new Response('', { status: 404 }) : ok(path)
  })
  await voice.say(['ask', 'level-1', 'thanks'], 'zh-CN')
  there = true
  await voice.say(['ask'], 'zh-CN')
  expect(said).toEqual([['zh-CN/thanks'], ['zh-CN/ask']])
})
