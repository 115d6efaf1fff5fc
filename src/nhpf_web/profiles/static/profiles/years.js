// Enhancement only: the years are links without this file, and a slider beside them with it.
(function () {
  'use strict'
  const years = document.querySelector('[data-years]')
  const shown = document.querySelector('[data-year-shown]')
  if (!years || !shown || !window.fetch) return
  const links = Array.from(years.querySelectorAll('a'))
  const kept = new Map()
  let asked = 0

  const label = document.createElement('label')
  label.className = 'govuk-label'
  label.htmlFor = 'year-slider'
  const slider = document.createElement('input')
  slider.id = 'year-slider'
  slider.className = 'nhpf-slider'
  slider.type = 'range'
  slider.min = 0
  slider.max = links.length - 1
  slider.value = links.findIndex((link) => link.hasAttribute('aria-current'))
  const said = document.createElement('p')
  said.className = 'govuk-visually-hidden'
  said.setAttribute('role', 'status')
  years.prepend(label, slider, said)

  function name () {
    const year = links[slider.value].textContent
    label.textContent = 'Year: ' + year
    slider.setAttribute('aria-valuetext', year)
  }

  async function page (address) {
    if (!kept.has(address)) {
      const answer = await fetch(address, { credentials: 'same-origin' })
      if (!answer.ok) throw new Error(answer.status)
      const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html')
      kept.set(address, parsed.querySelector('[data-year-shown]').innerHTML)
    }
    return kept.get(address)
  }

  async function show () {
    const turn = ++asked
    const link = links[slider.value]
    try {
      const part = await page(link.href)
      // A later move of the slider has its own answer.
      if (turn !== asked) return
      shown.innerHTML = part
      links.forEach((one) => one.removeAttribute('aria-current'))
      link.setAttribute('aria-current', 'true')
      said.textContent = shown.querySelector('h3').textContent
      window.history.replaceState(null, '', link.href)
    } catch (error) {
      window.location.assign(link.href)
    }
  }

  slider.addEventListener('input', name)
  slider.addEventListener('change', show)
  name()
})()
