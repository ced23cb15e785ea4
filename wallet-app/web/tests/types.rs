//! The types between machine and page: `ui/src/web/wire.ts` is generated and current.

use absah_wallet_web::*;
use ts_rs::{Config, TS};

fn generated() -> String {
    let config = Config::new().with_large_int("number");
    let mut text = String::from(
        "// Generated from the Rust side: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-web --test types\n\
         import type { View } from \"../types\";\n",
    );
    macro_rules! declare {
        ($($name:ty),* $(,)?) => {
            $(text.push_str(&format!("\nexport {}\n", <$name as TS>::decl(&config)));)*
        };
    }
    declare!(Out, Want, Came, Made, Job, Look, BrowserError);
    text
}

#[test]
fn the_types_of_the_page_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/web/wire.ts");
    if std::env::var_os("ABSAH_WRITE_TYPES").is_some() {
        std::fs::write(path, generated()).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == generated(),
        "ui/src/web/wire.ts is not current: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-web --test types"
    );
}
