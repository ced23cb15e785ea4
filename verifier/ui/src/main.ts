import { mount } from "svelte";
import "./app.css";
import App from "./App.svelte";
import Facing from "./Facing.svelte";

const target = document.getElementById("app");
// The citizen's screen is a second window of the same page; it is only ever told what to show.
if (target) mount(location.hash === "#warga" ? Facing : App, { target });
