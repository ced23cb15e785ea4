import { mount } from "svelte";
import "./app.css";
import App from "./App.svelte";
import Facing from "./Facing.svelte";
import Returned from "./Returned.svelte";
import Scan from "./Scan.svelte";

const RESPONSE_CODE = "#response_code=";
/** The address in the code that a phone is paired by; once paired, its tab remembers. */
const PAIRING = "#pindai=";
const target = document.getElementById("app");
if (target && location.hash.startsWith(RESPONSE_CODE)) {
  const code = location.hash.slice(RESPONSE_CODE.length);
  // Good for one use; still nothing for an address bar.
  history.replaceState(null, "", "/");
  mount(Returned, { target, props: { code } });
} else if (target && (location.hash.startsWith(PAIRING) || sessionStorage.getItem("absah-pindai"))) {
  const secret = location.hash.slice(PAIRING.length);
  history.replaceState(null, "", "/");
  mount(Scan, { target, props: { secret } });
} else if (target) {
  // The citizen's screen is a second window of the same page; it is only ever told what to show.
  mount(location.hash === "#warga" ? Facing : App, { target });
}
