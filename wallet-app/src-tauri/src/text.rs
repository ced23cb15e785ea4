//! The size of text that the person chose for the whole desktop.
//!
//! The web view draws 16 pixels whatever the desktop says, so the program tells it: GTK has the desktop's size as
//! `gtk-xft-dpi` (GNOME's `text-scaling-factor` and X resources arrive there), 96 being the usual. The page counts in
//! `rem`, so everything follows.

use gtk::prelude::GtkSettingsExt as _;
use tauri::WebviewWindow;
use webkit2gtk::{SettingsExt as _, WebViewExt as _};

/// Pixels of usual text.
const USUAL_PX: f64 = 16.0;
/// `gtk-xft-dpi` of usual text, in 1024ths of a dot per inch.
const USUAL_DPI: f64 = 96.0 * 1024.0;

/// Follows the desktop from now on.
pub(crate) fn follow(window: &WebviewWindow) {
    // A view without settings shows text as it always does.
    let _ = window.with_webview(|view| {
        let (Some(desktop), Some(page)) = (gtk::Settings::default(), view.inner().settings()) else { return };
        page.set_default_font_size(pixels(desktop.gtk_xft_dpi()));
        desktop.connect_gtk_xft_dpi_notify(move |desktop| {
            page.set_default_font_size(pixels(desktop.gtk_xft_dpi()));
        });
    });
}

/// Never smaller than usual: the screens begin at the smallest size that everybody reads. Nor without end.
fn pixels(dpi: i32) -> u32 {
    let scale = (f64::from(dpi) / USUAL_DPI).clamp(1.0, 3.0);
    // At most 48.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 16 and 48")]
    let pixels = (USUAL_PX * scale).round() as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktops_size_is_taken_as_it_is_within_reason() {
        for (dpi, expected) in [
            (-1, 16),
            (0, 16),
            (72 * 1024, 16),
            (96 * 1024, 16),
            (120 * 1024, 20),
            (192 * 1024, 32),
            (i32::MAX, 48),
        ] {
            assert_eq!(pixels(dpi), expected, "{dpi}");
        }
    }
}
