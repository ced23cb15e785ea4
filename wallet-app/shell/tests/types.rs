//! The types of the page are those of the shell: `ui/src/types.ts` is generated and current.

use absah_wallet_shell::*;
use ts_rs::{Config, TS};

fn generated() -> String {
    let config = Config::new().with_large_int("number");
    let mut text = String::from(
        "// Generated from the Rust side: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-shell --test types\n",
    );
    macro_rules! declare {
        ($($name:ty),* $(,)?) => {
            $(text.push_str(&format!("\nexport {}\n", <$name as TS>::decl(&config)));)*
        };
    }
    declare!(
        View,
        FolderView,
        ScreenView,
        Told,
        PinTo,
        Waiting,
        TrustView,
        Freshness,
        ContactView,
        CardFace,
        CardForm,
        DueCard,
        FactRow,
        EntryKind,
        EntryLine,
        EntryWhole,
        AccessLine,
        TicketLine,
        LetterKind,
        LetterInput,
        LetterPerson,
        WishView,
        OfferView,
        RequestView,
        PersonLine,
        OtherPerson,
        SharedView,
        Drawing,
        QuickChoice,
        Pressed,
        Going,
        Asking,
        Telling,
        Tone,
        Size,
    );
    text
}

#[test]
fn the_types_of_the_page_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/types.ts");
    if std::env::var_os("ABSAH_WRITE_TYPES").is_some() {
        std::fs::write(path, generated()).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == generated(),
        "ui/src/types.ts is not current: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-shell --test types"
    );
}
