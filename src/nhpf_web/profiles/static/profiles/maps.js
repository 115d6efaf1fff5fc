// Enhancement only: a map that stands still without this file can be moved and enlarged with it.
/* global L */
(function () {
  'use strict'
  if (!window.L) return
  // Leaflet counts in its own units; a map is made a thousand of them wide whatever its metres.
  const WIDE = 1000

  function enliven (holder) {
    const svg = holder.querySelector('svg.nhpf-chart__map')
    if (!svg) return
    const size = svg.getAttribute('viewBox').split(/\s+/).map(Number)
    const tall = WIDE * size[3] / size[2]
    const name = svg.querySelector('title')
    const box = document.createElement('div')
    box.className = 'nhpf-map'
    box.style.aspectRatio = size[2] + ' / ' + size[3]
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', (name ? name.textContent + '. ' : '') +
      'Arrow keys move the map, plus and minus change its size.')
    svg.replaceWith(box)
    const map = L.map(box, {
      crs: L.CRS.Simple,
      attributionControl: false,
      // A wheel over a map would trap a reader who scrolls down the page.
      scrollWheelZoom: false,
      minZoom: -8,
      zoomSnap: 0
    })
    const bounds = L.latLngBounds([0, 0], [tall, WIDE])
    L.svgOverlay(svg, bounds, { interactive: true }).addTo(map)
    map.fitBounds(bounds)
    const whole = map.getZoom()
    map.setMinZoom(whole).setMaxZoom(whole + 5)
    map.options.zoomSnap = 0.5
    map.setMaxBounds(bounds.pad(0.2))
  }

  document.querySelectorAll('.nhpf-chart--map').forEach(enliven)
})()
