//! The size of text that the person chose for the whole desktop.
//!
//! GTK has it as `gtk-xft-dpi` (GNOME's `text-scaling-factor`, `Xft/DPI` of an XSETTINGS daemon, `Xft.dpi` of X), 96 being
//! the usual. WebKitGTK enlarges the whole page by it, edges and pictures too, and the page never hears of it: the sizes
//! chosen in the wallet would multiply on top. So that is undone, and the letters get the size instead, as in a browser
//! whose letters are set larger: the page counts in `rem` and takes whichever size is larger.

use gtk::prelude::GtkSettingsExt as _;
use tauri::WebviewWindow;
use webkit2gtk::{SettingsExt as _, WebView, WebViewExt as _};

/// Pixels of usual text.
const USUAL_PX: f64 = 16.0;
/// `gtk-xft-dpi` of usual text, in 1024ths of a dot per inch.
const USUAL_DPI: f64 = 96.0 * 1024.0;

/// Follows the desktop from now on.
pub(crate) fn follow(window: &WebviewWindow) {
    // A view that cannot be reached shows text as WebKitGTK does by itself.
    let _ = window.with_webview(|view| {
        let Some(desktop) = gtk::Settings::default() else { return };
        let page = view.inner();
        show(&page, desktop.gtk_xft_dpi());
        desktop.connect_gtk_xft_dpi_notify(move |desktop| show(&page, desktop.gtk_xft_dpi()));
    });
}

fn show(page: &WebView, dpi: i32) {
    let (Some((zoom, pixels)), Some(settings)) = (sizes(dpi), page.settings()) else { return };
    // This level counts on top of WebKitGTK's own, whether it has heard of a change already or will after us.
    page.set_zoom_level(zoom);
    settings.set_default_font_size(pixels);
}

/// The zoom that undoes WebKitGTK's, and the pixels of usual text. `None`: the desktop says nothing.
///
/// Never smaller than usual: the screens begin at the smallest size that everybody reads. Nor without end.
fn sizes(dpi: i32) -> Option<(f64, u32)> {
    if dpi <= 0 {
        return None;
    }
    let scale = f64::from(dpi) / USUAL_DPI;
    // At most 48.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 16 and 48")]
    let pixels = (USUAL_PX * scale.clamp(1.0, 3.0)).round() as u32;
    Some((1.0 / scale, pixels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktops_size_is_taken_as_it_is_within_reason() {
        for (dpi, expected) in [
            (i32::MIN, None),
            (-1, None),
            (0, None),
            (48 * 1024, Some((2.0, 16))),
            (96 * 1024, Some((1.0, 16))),
            (120 * 1024, Some((0.8, 20))),
            (192 * 1024, Some((0.5, 32))),
            (384 * 1024, Some((0.25, 48))),
        ] {
            assert_eq!(sizes(dpi), expected, "{dpi}");
        }
    }
}
