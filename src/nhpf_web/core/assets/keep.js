// Keeps what is typed into a form marked data-keep in this tab until the service has saved it.
// Enhancement only: without it the form works, and says so when a session has ended.
const form = document.querySelector('form[data-keep]')

if (form) {
  const place = `typed:${location.pathname}`
  const fields = () => [...form.elements].filter(({ name, type }) =>
    name && name !== 'csrfmiddlewaretoken' && !['file', 'hidden', 'submit'].includes(type))
  const note = form.querySelector('[data-kept]')

  const read = () => {
    try { return JSON.parse(sessionStorage.getItem(place)) } catch { return null }
  }
  const keep = () => sessionStorage.setItem(place, JSON.stringify({
    saved: form.dataset.keep,
    values: fields().map((field) => ('checked' in field && ['checkbox', 'radio'].includes(field.type)) ? field.checked : field.value)
  }))

  const kept = read()
  // Another mark means that the service has saved since: what it holds is newer.
  if (kept && kept.saved === form.dataset.keep) {
    fields().forEach((field, index) => {
      const value = kept.values[index]
      if (typeof value === 'boolean') field.checked = value
      else if (typeof value === 'string') field.value = value
    })
    note.hidden = false
  } else {
    sessionStorage.removeItem(place)
  }
  form.addEventListener('input', keep)
  form.addEventListener('submit', (event) => {
    keep()
    if (navigator.onLine) return
    event.preventDefault()
    const lost = form.querySelector('[data-offline]')
    lost.hidden = false
    lost.focus()
  })
  window.addEventListener('online', () => { form.querySelector('[data-offline]').hidden = true })
}
