//! Images in the world document, with what lists tell about them: that is stored only where it is other than built in.

use crate::catalog::images::{self, Image, ImageFacts};
use crate::world::Fact;
use crate::world::document::{Section, parse, put, section, shown};

/// `images` of the document.
pub(super) const IMAGES: Section = Section {
    load: |tx| {
        let show = |Fact { name, mut facts }: Fact<ImageFacts>| {
            facts.label = Some(facts.label_of(&name));
            Ok((name, shown(&facts)?))
        };
        Fact::all(tx)?.into_iter().map(show).collect()
    },
    store: |tx, name, value| {
        let mut facts: ImageFacts = parse(value)?;
        facts.label =
            facts.label.filter(|label| images::find(name).map(Image::label).as_ref() != Some(label));
        put(tx, name, facts)
    },
    ..section::<ImageFacts>(true)
};
