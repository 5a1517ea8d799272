import type { Route } from '../../router.ts'

export const galleryRoutes: readonly Route[] = [
  { path: '/gallery', title: 'app.name', load: () => import('./Gallery.svelte') },
]
