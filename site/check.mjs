// Fails if a link of the site leads nowhere: each file has to be there, and in the guides each heading, too.
import fs from 'node:fs'
import path from 'node:path'

const site = path.resolve('target/site')
const base = process.env.SITE_BASE ?? '/'
const broken = []
const ids = new Map()
let count = 0

const files = fs
  .readdirSync(site, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.html'))

function idsOf(file) {
  if (!ids.has(file)) {
    const text = fs.readFileSync(file, 'utf8')
    ids.set(file, new Set([...text.matchAll(/\bid="([^"]+)"/g)].map((match) => decodeURIComponent(match[1]))))
  }
  return ids.get(file)
}

for (const name of files) {
  const page = path.join(site, name)
  const text = fs.readFileSync(page, 'utf8').replace(/<script[^]*?<\/script>/g, '')
  for (const [, link] of text.matchAll(/\b(?:href|src)="([^"]*)"/g)) {
    if (/^[a-z]+:|^\/\//i.test(link)) continue
    count++
    const [to, anchor] = link.replaceAll('&amp;', '&').split('#')
    const clean = decodeURI(to.split('?')[0])
    let file = !clean
      ? page
      : clean.startsWith('/')
        ? path.join(site, clean.slice(base.length - 1))
        : path.resolve(path.dirname(page), clean)
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html')
    if (!fs.existsSync(file)) broken.push(`${name}: ${link}`)
    else if (anchor && !name.startsWith('api/') && !idsOf(file).has(decodeURIComponent(anchor))) {
      broken.push(`${name}: ${link}`)
    }
  }
}

if (files.length < 100 || broken.length > 0) {
  console.error([...broken, `${broken.length} broken links in ${files.length} pages`].join('\n'))
  process.exit(1)
}
console.log(`${files.length} pages, ${count} links, none broken`)
