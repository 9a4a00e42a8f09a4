// Builds the browser assets into web/static/dist: hashed names, a manifest,
// gzip siblings and the licences of what is inside. Nothing is fetched here.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const target = resolve(here, '../static/dist')
const building = `${target}.building`
const modules = join(here, 'node_modules')

const scss = {
  name: 'scss',
  setup (build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const result = sass.compile(path, { loadPaths: [modules], quietDeps: true })
      return {
        contents: result.css,
        loader: 'css',
        resolveDir: dirname(path),
        watchFiles: result.loadedUrls.map((url) => fileURLToPath(url))
      }
    })
  }
}

function licences () {
  const names = ['@fontsource/be-vietnam-pro', 'govuk-frontend', 'htmx.org']
  return names.map((name) => {
    const folder = join(modules, name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
    return `${name} ${version} (${license})\n\n${text}\n`
  }).join(`\n${'-'.repeat(72)}\n\n`)
}

rmSync(building, { recursive: true, force: true })
mkdirSync(building, { recursive: true })

const { metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: 'src/js/app.js', htmx: 'src/js/htmx.js', main: 'src/css/main.scss' },
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  outdir: building,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2020', 'chrome109', 'firefox102', 'safari15'],
  legalComments: 'linked',
  loader: { '.woff2': 'file' },
  plugins: [scss],
  metafile: true,
  logLevel: 'warning'
}).catch((error) => {
  console.error(`the web assets could not be built: ${error.message}`)
  process.exit(1)
})

const manifest = {}
for (const [path, output] of Object.entries(metafile.outputs)) {
  const file = relative(building, resolve(here, path))
  if (output.entryPoint) {
    const logical = file.replace(/-[A-Z0-9]{8}\./, '.')
    manifest[logical] = file
  }
}
writeFileSync(join(building, 'licences.txt'), licences())
for (const file of readdirSync(building)) {
  if (/\.(css|js|svg)$/.test(file)) {
    writeFileSync(join(building, `${file}.gz`), gzipSync(readFileSync(join(building, file)), { level: 9 }))
  }
}
writeFileSync(join(building, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')

// Swapped at the end, so that a broken build leaves the last good one standing.
rmSync(target, { recursive: true, force: true })
mkdirSync(dirname(target), { recursive: true })
renameSync(building, target)

for (const file of readdirSync(target).sort()) {
  if (file.endsWith('.gz')) console.log(`  ${file.padEnd(36)} ${String(readFileSync(join(target, file)).length).padStart(7)} bytes`)
}
