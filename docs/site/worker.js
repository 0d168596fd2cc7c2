// A Worker for pages that are opened as files. Browsers refuse real workers there, and the search of
// the site runs in one: here its script runs in a hidden frame of the same page instead.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.documentElement.appendChild(frame)
      this.inside = frame.contentWindow
      this.frame = frame
      this.waiting = []
      // Messages are copies and come later, as those of real workers: nobody changes a sender's data.
      this.inside.postMessage = sent => {
        const data = structuredClone(sent)
        setTimeout(() => {
          const event = new MessageEvent("message", { data })
          this.onmessage?.(event)
          this.dispatchEvent(event)
        })
      }
      this.inside.importScripts = (...urls) =>
        urls.reduce((before, each) => before.then(() => this.load(each)), Promise.resolve())
      this.load(url).then(() => {
        const waiting = this.waiting
        this.waiting = null
        waiting.forEach(data => this.postMessage(data))
      })
    }

    load(url) {
      return new Promise((resolve, reject) => {
        const script = this.inside.document.createElement("script")
        script.src = new URL(url, location.href).href
        script.onload = resolve
        script.onerror = reject
        this.inside.document.documentElement.appendChild(script)
      })
    }

    postMessage(sent) {
      const data = structuredClone(sent)
      if (this.waiting) {
        this.waiting.push(data)
        return
      }
      setTimeout(() =>
        this.inside?.dispatchEvent(new this.inside.MessageEvent("message", { data }))
      )
    }

    terminate() {
      this.frame.remove()
    }
  }
}
