// The extensions look for a global; it must stand before they are evaluated.
import htmx from 'htmx.org/dist/htmx.esm.js'

window.htmx = htmx
