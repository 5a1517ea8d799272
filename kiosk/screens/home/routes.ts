import type { Route } from '../../router.ts'

export const homeRoutes: readonly Route[] = [
  { path: '/', title: 'sign-in.title', load: () => import('./Home.svelte') },
  { path: '/signing-in', title: 'sign-in.title', load: () => import('./SigningIn.svelte') },
]
