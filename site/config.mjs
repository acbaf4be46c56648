import { defineConfig } from 'vitepress'

const guide = (text, name) => ({ text, link: `/docs/${name}` })

// Lines of code are up to 120 characters long, and fit into a window of 1440 pixels.
const style = `
  :root { --vp-code-font-size: 0.76em; --vp-sidebar-width: 240px }
  @media (min-width: 1280px) {
    .VPSidebar { padding-right: 16px !important }
    .VPDoc { padding-left: 16px !important; padding-right: 16px !important }
    .VPDoc .container > .content { padding: 0 12px 128px !important }
    .VPDoc .aside { padding-left: 20px !important }
    .VPDoc .aside-container { width: 196px !important }
    .VPDoc.has-aside .content-container { max-width: 940px !important }
  }
`

export default defineConfig({
  title: 'Latchkey',
  description: 'Signs a person in to a desktop or command-line program, and keeps them signed in.',
  lang: 'en',
  base: process.env.SITE_BASE ?? '/',
  outDir: '../site',
  cacheDir: '../cache',
  ignoreDeadLinks: [/^\/api\//], // the Javadoc, which check.mjs looks at
  head: [['style', {}, style]],
  markdown: {
    // In the default themes, comments have too little contrast (WCAG AA), and the guides say much in comments.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    // As GitHub does it, where the same pages are read.
    anchor: { slugify: (text) => text.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-') },
  },
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/docs/' },
      { text: 'Javadoc', link: '/api/index.html', target: '_self' },
      { text: 'Changes', link: '/CHANGELOG' },
    ],
    sidebar: [
      {
        text: 'Begin',
        items: [
          { text: 'Overview', link: '/' },
          guide('How a sign-in works', 'sign-in'),
          guide('Registration', 'registration'),
          guide('Tokens and rotation', 'tokens'),
          guide('Callers that must not block', 'async'),
          guide('Which store where', 'stores'),
          guide('Graph recipes', 'graph'),
          guide('Moving from MSAL4J', 'msal4j'),
        ],
      },
      {
        text: 'Ship',
        items: [
          guide('Testing', 'testing'),
          guide('When a sign-in fails', 'troubleshooting'),
          guide('Packaging', 'packaging'),
          guide('Networks, logs, metrics and threads', 'network'),
          guide('What your app has to do', 'security'),
          { text: 'Security', link: '/SECURITY' },
        ],
      },
      {
        text: 'Look inside',
        items: [
          guide('Architecture', 'architecture'),
          guide('How cost grows', 'performance'),
          { text: 'Beside its peers', link: '/benchmarks/RESULTS' },
          { text: 'Contributing', link: '/CONTRIBUTING' },
        ],
      },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: 'Apache License 2.0' },
  },
})
