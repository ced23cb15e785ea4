package id.go.madiunkota.absah

import android.app.Activity
import android.view.WindowManager
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.Plugin

@InvokeArg
class BrightArgs {
  var on: Boolean = false
}

/** While a scanner looks at the screen it is as bright as it can be, and does not go dark; then as the person has it. */
@TauriPlugin
class ScreenPlugin(private val activity: Activity) : Plugin(activity) {
  @Command
  fun bright(invoke: Invoke) {
    val on = invoke.parseArgs(BrightArgs::class.java).on
    activity.runOnUiThread {
      val window = activity.window
      val attributes = window.attributes
      attributes.screenBrightness =
        if (on) WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL
        else WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE
      window.attributes = attributes
      if (on) window.addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON)
      else window.clearFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON)
      invoke.resolve()
    }
  }
}
