import type { Route } from '../../router.ts'

export const peopleRoutes: readonly Route[] = [
  { path: '/manage/people', title: 'people.title', load: () => import('./People.svelte') },
]
