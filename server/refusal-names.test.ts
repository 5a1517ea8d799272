import { afterAll, beforeAll, expect, it } from 'vitest'
import { Refusal, type RefusalCode, type RefusalValues } from './refusal.ts'
import { noticeOf } from './refusal-names.ts'
import { testServer, type TestServer } from './testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const told: readonly [RefusalCode, RefusalValues, string, string][] = [
  [
    'custody.same-person',
    { person: 'zhang-wei', role: '移交人', roleEn: 'giver' },
    '张伟 已作为移交人参与此事',
    '张伟 already takes part as giver',
  ],
  ['custody.same-department', { unit: 'dept-1' }, '第一审查调查室', '第一审查调查室'],
  ['custody.wrong-station', { place: 'store-1', store: 'store-1' }, '涉案财物一号库', '涉案财物一号库'],
  ['stations.no-post-here', { name: '张伟', place: 'hall-1' }, '张伟 在 云州市办税服务厅', '云州市办税服务厅'],
  ['access.not-yours', { what: 'store-1' }, '您无权查看 涉案财物一号库', 'You may not see 涉案财物一号库'],
  ['access.not-yours', { what: 'zhang-wei' }, '您无权查看 zhang-wei', 'You may not see zhang-wei'],
  ['custody.not-your-store', { store: 'store-1' }, '涉案财物一号库 的保管人员', 'custodian of 涉案财物一号库'],
  ['rating.follow-up-elsewhere', { status: 'fed-back' }, '当前状态：已反馈，待办结', 'it stands at fed back'],
  ['custody.borrower', { person: 'nobody', case: '一案' }, 'nobody 不是案件 一案', 'nobody is no officer'],
  ['custody.same-person', { person: '张伟', role: '', roleEn: '' }, '张伟 已作为', '张伟 already'],
]

it.each(told)('%s with %j is told by names', async (code, values, zh, en) => {
  const notice = await noticeOf(server.deps.db, new Refusal(code, values))
  expect(notice.detail.zh).toContain(zh)
  expect(notice.detail.en).toContain(en)
  expect(notice.values).toEqual(values)
})

it('names the posts that are missing in the language of the reader', async () => {
  const { remedy } = await noticeOf(server.deps.db, new Refusal('access.no-post', { posts: 'officer, custodian' }))
  expect(remedy.zh).toContain('办案人员、保管人员')
  expect(remedy.en).toContain('case officer, custodian')
})

it('is what somebody is answered over HTTP, with the ids for programs', async () => {
  const payload = { unit: 'dept-9', name: '某室', kind: 'department', parent: 'organ' }
  const answer = await server.as('zhang-wei', { method: 'POST', url: '/api/units', payload })
  const { words, values } = answer.json<{ words: { remedy: { zh: string } }; values: { posts: string } }>()
  expect(values.posts).toMatch(/-admin/)
  expect(words.remedy.zh).toContain('管理员')
})
