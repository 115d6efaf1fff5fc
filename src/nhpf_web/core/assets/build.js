// Compiles the pages' CSS and copies the scripts of others, each file also as gzip and Brotli.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../../../..')
const modules = join(root, 'node_modules')
const target = resolve(here, '../static/dist')
const compressed = /\.(css|js|svg)$/

function compress (path) {
  const text = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(text))
}

function files (folder) {
  return readdirSync(folder).map((name) => join(folder, name))
    .flatMap((path) => statSync(path).isDirectory() ? files(path) : [path])
}

rmSync(target, { recursive: true, force: true })
mkdirSync(join(target, 'leaflet'), { recursive: true })
const { css } = compile(join(here, 'nhpf.scss'), { loadPaths: [modules], style: 'compressed', quietDeps: true })
writeFileSync(join(target, 'nhpf.css'), css)
for (const name of readdirSync(here).filter((file) => /^(?!build).*\.js$|\.svg$/.test(file))) {
  cpSync(join(here, name), join(target, name))
}
cpSync(join(modules, 'govuk-frontend/dist/govuk/govuk-frontend.min.js'), join(target, 'govuk-frontend.min.js'))
cpSync(join(modules, 'leaflet/dist/leaflet.js'), join(target, 'leaflet/leaflet.js'))
cpSync(join(modules, 'leaflet/dist/leaflet.css'), join(target, 'leaflet/leaflet.css'))
cpSync(join(modules, 'leaflet/dist/images'), join(target, 'leaflet/images'), { recursive: true })
files(target).filter((path) => compressed.test(path)).forEach(compress)
