// Lays out what the site is made of in target/stage: the pages, the pictures, each source that a page links to, as a
// page of its own, and the Javadoc.
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve('..')
const stage = path.resolve('target/stage')
const apidocs = path.join(root, 'target/reports/apidocs')

const list = (folder) => fs.readdirSync(path.join(root, folder)).sort()
const guides = list('docs').filter((name) => name.endsWith('.md')).map((name) => 'docs/' + name)
const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'benchmarks/RESULTS.md', ...guides]
const languages = { java: 'java', kt: 'kotlin', xml: 'xml', tsv: 'text', mjs: 'js', sh: 'bash' }
const sources = new Set()

const put = (name, text) => {
  const file = path.join(stage, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}
const copy = (from, to) => fs.cpSync(path.join(root, from), path.join(stage, to), { recursive: true })
const asIndex = (name) => name.replace(/README\.md$/, 'index.md')

// Where the site has what the link leads to.
function target(link, page) {
  if (/^([a-z]+:|#)/.test(link)) return link
  const [to, anchor] = link.split('#')
  const file = path.posix.join(path.posix.dirname(page), to).replace(/\/$/, '')
  const suffix = anchor === undefined ? '' : '#' + anchor
  if (pages.includes(file)) return asIndex(to) + suffix
  if (/\.(png|svg)$/.test(file)) {
    copy(file, file)
    return to.startsWith('.') ? to : './' + to
  }
  sources.add(file)
  const folder = fs.statSync(path.join(root, file)).isDirectory()
  return to.replace(/\/$/, '') + (folder ? '/index.md' : '.md') + suffix
}

function withLinks(text, page) {
  const parts = text.split(/(^```[^]*?^```)/m) // every other one is code
  return parts
    .map((part, i) =>
      i % 2
        ? part
        : part
            .replace(/\]\(([^)\s]+)\)/g, (all, link) => `](${target(link, page)})`)
            .replace(/(<img src=")([^"]+)/g, (all, before, link) => before + target(link, page)),
    )
    .join('')
}

function source(name) {
  const file = path.join(root, name)
  if (fs.statSync(file).isDirectory()) {
    const inside = list(name).filter((child) => child !== 'package-info.java' && child !== 'target')
    inside.forEach((child) => sources.add(name + '/' + child))
    const links = inside.map((child) => {
      const folder = fs.statSync(path.join(file, child)).isDirectory()
      return `- [${child}](${child}${folder ? '/index.md' : '.md'})`
    })
    put(name + '/index.md', `# ${name}\n\n${links.join('\n')}\n`)
  } else {
    const language = languages[name.split('.').pop()] ?? 'text'
    put(name + '.md', `# ${path.basename(name)}\n\n\`${name}\`\n\n\`\`\`\`${language}\n${fs.readFileSync(file)}\n\`\`\`\`\n`)
  }
}

for (const page of pages) {
  put(asIndex(page), withLinks(fs.readFileSync(path.join(root, page), 'utf8'), page))
}
for (const name of sources) source(name) // a folder adds what it holds
fs.cpSync(apidocs, path.join(stage, 'public/api'), { recursive: true })
const config = fs.readFileSync('config.mjs', 'utf8')
for (const guide of guides) {
  const name = path.basename(guide, '.md')
  if (name !== 'README' && !config.includes(`'${name}'`)) throw new Error(`config.mjs does not list ${guide}`)
}
put('.vitepress/config.mjs', config)
