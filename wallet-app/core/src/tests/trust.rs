//! Trust bundles: the first root is vouched for, later ones are not asked about, older ones do not come back.

use absah_types::Seconds;

use super::world::{World, code_of};
use crate::{Intent, Prompt};

#[test]
fn the_first_root_must_be_vouched_for() {
    let mut world = World::bare();
    let files = world.files(1, &world.contents());
    let effects = world.step(Intent::ImportBundle { files: files.clone(), root_sha256: None });
    assert_eq!(effects.len(), 1, "only a question");
    assert!(world.wallet.bundle().is_none());
    world.agree = false;
    assert!(matches!(world.drive(Intent::Refuse), Prompt::Declined));
    assert!(world.wallet.bundle().is_none() && world.persisted == 0);
    world.agree = true;
    let prompt = world.drive(Intent::ImportBundle { files, root_sha256: None });
    assert!(
        matches!(prompt, Prompt::BundleImported(facts) if facts.registrations == 1 && facts.issuers == 1)
    );
    assert_eq!(world.persisted, 1);
}

#[test]
fn later_bundles_need_no_hash() {
    let mut world = World::new();
    let files = world.files(2, &world.contents());
    world.agree = false;
    let prompt = world.drive(Intent::ImportBundle { files, root_sha256: None });
    assert!(matches!(prompt, Prompt::BundleImported(facts) if facts.version == 2));
}

#[test]
fn hostile_bundles() {
    type Change = fn(&mut World, &mut Intent);
    let cases: [(&str, Change, &str); 5] = [
        (
            "another root's hash",
            |_, intent| {
                if let Intent::ImportBundle { root_sha256, .. } = intent {
                    *root_sha256 = Some([1; 32]);
                }
            },
            "bundle-root-mismatch",
        ),
        ("an older version", |world, _| world.import(3, &world.contents()), "bundle-rollback"),
        ("after its end", |world, _| world.now = world.now.plus(Seconds::days(8)), "bundle-frozen"),
        ("before its time", |world, _| world.now = world.now.minus(Seconds::days(1)), "clock-behind"),
        (
            "an empty folder",
            |_, intent| {
                if let Intent::ImportBundle { files, .. } = intent {
                    files.clear();
                }
            },
            "bundle-document-missing",
        ),
    ];
    for (name, change, code) in cases {
        let mut world = World::new();
        let files = world.files(2, &world.contents());
        let mut intent = Intent::ImportBundle { files: files.clone(), root_sha256: None };
        change(&mut world, &mut intent);
        let before = world.wallet.bundle().map(absah_trust::Bundle::version);
        assert_eq!(code_of(world.drive(intent)), code, "{name}");
        assert_eq!(
            world.wallet.bundle().map(absah_trust::Bundle::version),
            before,
            "{name}: the old one stays"
        );
    }
    let mut world = World::new();
    let files = world.files(2, &world.contents());
    assert!(matches!(
        world.drive(Intent::ImportBundle { files, root_sha256: None }),
        Prompt::BundleImported(_)
    ));
}
