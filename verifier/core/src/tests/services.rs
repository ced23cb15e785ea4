//! The services that the city's counters begin with.

use absah_schemas::{CredentialType, services};
use absah_testkit::SeededRng;
use absah_trust::Service;
use absah_trust::sample::City;
use serde::Deserialize;

use super::{NOW, World, identity};
use crate::menu::Menu;
use crate::request;

#[derive(Deserialize)]
struct File {
    services: Vec<Service>,
}

#[test]
fn ten_services_are_registered_narrowed_and_asked() {
    let file: File = toml::from_str(services::COUNTER).unwrap();
    assert_eq!(file.services.len(), 10);
    for service in &file.services {
        assert_eq!(service.wrong_field(), None, "{}", service.id);
        for (credential, claim) in service.claims() {
            let kind = CredentialType::of_name(credential).unwrap();
            assert!(kind.claim(&claim.to_string()).is_some(), "{}: {claim}", service.id);
        }
    }
    let city = City::at(NOW);
    let mut registration = city.registration();
    registration.services = file.services;
    let signed = city.sign(&registration);
    let world = World::with(|contents| contents.registrations = vec![signed]);
    let registered = identity(&world.city).registered(&world.bundle, NOW).unwrap();
    let menu: Menu = toml::from_str(services::COUNTER_MENU).unwrap();
    let offers = menu.offers(registered).unwrap();
    assert_eq!(offers.len(), 10);
    for offer in &offers {
        let whole = registered.service(&offer.service.id).unwrap();
        let (asked, most) = (offer.service.claims().count(), whole.claims().count());
        assert!(asked < most, "{}: {asked} of {most}", whole.id);
        let unsigned = request::by_qr(registered, offer, 25, &mut SeededRng::new(1), NOW).unwrap();
        let signature = world.city.counter_key.sign(unsigned.to_be_signed());
        let made = unsigned.attach(signature, &world.bundle).unwrap();
        assert_eq!(made.frames(false).unwrap().len(), 1, "{}: one code on the screen", whole.id);
    }
}
