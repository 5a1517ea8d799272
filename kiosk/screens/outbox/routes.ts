import type { Route } from '../../router.ts'

export const outboxRoutes: readonly Route[] = [
  { path: '/manage/outbox', title: 'outbox.title', load: () => import('./Outbox.svelte') },
]
