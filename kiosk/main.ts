import { mount } from 'svelte'
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/700.css'
import './style/tokens.css'
import './style/base.css'
import App from './App.svelte'

const target = document.getElementById('page')
if (!target) throw new Error('index.html has no #page')
mount(App, { target })
