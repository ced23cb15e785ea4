// Runs before the wallet, in the language of old browsers: says plainly what a browser lacks, instead of a page that stays
// empty. Old syntax on purpose.
(function () {
  "use strict";
  var words = {
    id: {
      opening: "Dompet sedang dibuka.",
      old: "Peramban ini terlalu lama untuk dompet. Yang tidak ada: ",
      insecure: "Halaman ini dibuka tanpa https, jadi dompet tidak dapat menjaga kunci Anda.",
      broken: "Dompet tidak bisa dibuka di peramban ini.",
      update: "Perbarui peramban (Chrome 109, Safari 16, Firefox 115, atau yang lebih baru), lalu buka halaman ini lagi. Isi dompet tidak berubah.",
      https: "Buka alamat yang dimulai dengan https.",
      again: "Buka halaman ini lagi. Bila terulang, perbarui peramban. Isi dompet tidak berubah.",
      names: { modules: "program halaman yang baru", wasm: "mesin dompet (WebAssembly)", crypto: "penjaga kunci (WebCrypto)", store: "tempat menyimpan (IndexedDB)", locks: "penjaga satu tab (Web Locks)" }
    },
    jv: {
      opening: "Dompet saweg dipunbikak.",
      old: "Peramban punika kasepen kangge dompet. Ingkang mboten wonten: ",
      insecure: "Kaca punika dipunbikak tanpa https, dados dompet mboten saged njagi kunci Panjenengan.",
      broken: "Dompet mboten saged dipunbikak ing peramban punika.",
      update: "Mangga dipunenggalaken perambanipun (Chrome 109, Safari 16, Firefox 115, utawi ingkang langkung enggal), lajeng bikak kaca punika malih. Isinipun dompet mboten ewah.",
      https: "Bikak alamat ingkang dipunwiwiti https.",
      again: "Bikak kaca punika malih. Menawi taksih, enggalaken perambanipun. Isinipun dompet mboten ewah.",
      names: { modules: "program kaca ingkang enggal", wasm: "mesin dompet (WebAssembly)", crypto: "panjagi kunci (WebCrypto)", store: "papan panyimpenan (IndexedDB)", locks: "panjagi setunggal tab (Web Locks)" }
    },
    en: {
      opening: "The wallet is being opened.",
      old: "This browser is too old for the wallet. It lacks: ",
      insecure: "This page was opened without https, so the wallet cannot guard your keys.",
      broken: "The wallet cannot be opened in this browser.",
      update: "Update the browser (Chrome 109, Safari 16, Firefox 115 or newer), then open this page again. What is in the wallet stays as it is.",
      https: "Open the address that begins with https.",
      again: "Open this page again. If it happens again, update the browser. What is in the wallet stays as it is.",
      names: { modules: "scripts of today's kind", wasm: "the wallet's machine (WebAssembly)", crypto: "the keeper of keys (WebCrypto)", store: "a place to keep things (IndexedDB)", locks: "the guard of one tab (Web Locks)" }
    }
  };
  var lang = String(navigator.language || "id").slice(0, 2).toLowerCase();
  var say = words[lang] || words.id;
  var missing = [];
  function need(there, name) {
    if (!there) missing.push(say.names[name]);
  }
  function has(name) {
    try {
      return !!window[name];
    } catch (_) {
      return false;
    }
  }
  function show(lines) {
    var boot = document.getElementById("boot");
    if (!boot) return;
    var old = boot.getElementsByTagName("p");
    while (old.length > 0) boot.removeChild(old[0]);
    for (var at = 0; at < lines.length; at++) {
      var line = document.createElement("p");
      line.appendChild(document.createTextNode(lines[at]));
      boot.appendChild(line);
    }
  }
  document.documentElement.lang = words[lang] ? lang : "id";
  need("noModule" in document.createElement("script"), "modules");
  need(has("WebAssembly"), "wasm");
  need(has("indexedDB"), "store");
  if (window.isSecureContext !== false) {
    need(has("crypto") && !!window.crypto.subtle && !!window.crypto.randomUUID, "crypto");
    need("locks" in navigator, "locks");
  }
  if (missing.length > 0) {
    document.documentElement.setAttribute("data-missing", "browser");
    show([say.old + missing.join(", ") + ".", say.update]);
  } else if (window.isSecureContext === false) {
    document.documentElement.setAttribute("data-missing", "https");
    show([say.insecure, say.https]);
  } else {
    show([say.opening]);
    // Nothing was missing by name, and still it does not begin.
    // While it is caught: that a file did not come does not rise to the window.
    window.addEventListener("error", function () { show([say.broken, say.again]); }, true);
    window.addEventListener("unhandledrejection", function () { show([say.broken, say.again]); });
  }
})();
