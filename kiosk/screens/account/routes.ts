import type { Route } from '../../router.ts'

export const accountRoutes: readonly Route[] = [
  { path: '/account', title: 'account.title', load: () => import('./Account.svelte') },
]
