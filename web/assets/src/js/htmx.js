// htmx with its CSP guard: attributes work only where the server put the page's nonce (hx-nonce).
import './htmx-global.js'
import 'htmx.org/dist/ext/hx-csp.js'
