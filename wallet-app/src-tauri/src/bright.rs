//! A bright screen that stays on while an answer stands on it, on a phone. A desktop's window has no say in that: there the
//! page's white ground is all, and the page asks the person.
//!
//! Not tried on a device yet.

#[cfg(target_os = "android")]
pub(crate) use android::{plugin, set};

#[cfg(target_os = "android")]
mod android {
    use serde::Serialize;
    use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
    use tauri::{AppHandle, Manager as _, Wry};

    /// The Kotlin side, `ScreenPlugin.kt`.
    struct Phone(PluginHandle<Wry>);

    #[derive(Serialize)]
    struct Bright {
        on: bool,
    }

    pub(crate) fn plugin() -> TauriPlugin<Wry> {
        Builder::new("screen")
            .setup(|app, api| {
                app.manage(Phone(api.register_android_plugin("id.go.madiunkota.absah", "ScreenPlugin")?));
                Ok(())
            })
            .build()
    }

    /// A phone that does not do it still shows the code.
    pub(crate) fn set(app: &AppHandle, on: bool) {
        let app = app.clone();
        // It answers from the thread of the screen, which must not be waited for here.
        tauri::async_runtime::spawn_blocking(move || {
            let _ = app.state::<Phone>().0.run_mobile_plugin::<()>("bright", Bright { on });
        });
    }
}

/// Elsewhere nothing can be done.
#[cfg(not(target_os = "android"))]
pub(crate) fn set(_: &tauri::AppHandle, _: bool) {}
