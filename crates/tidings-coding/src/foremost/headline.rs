//! Headlines as sentences: "Army Shells Port" in the letters of "Army shells port".

use std::collections::HashSet;
use tidings_world::World;

/// The headline as the parser reads it best. Where nearly all its words are capitalised, only those stay
/// so that are names: that the lexicon knows as one, or that the text never writes small and somewhere
/// writes large. Words in capitals alone ("UN") stay. Bytes keep their places.
///
/// ```
/// use tidings_coding::foremost::plain;
/// let world = tidings_world::World::embedded();
/// let plain = plain("Peru's Army Shells Callao Port", "The army shelled Callao.", world);
/// assert_eq!(plain, "Peru's army shells Callao port");
/// ```
pub fn plain(headline: &str, text: &str, world: &World) -> String {
    let mut plain = headline.to_string();
    let long = || headline.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    let capitals = long().filter(|word| capitalised(word)).count();
    if 3 * capitals < 2 * long().count() {
        return plain;
    }
    let written: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let names = world.names.find(headline);
    let mut at = 0;
    for piece in headline.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let span = at..at + word.len();
        at += piece.len();
        let small = word.to_ascii_lowercase();
        let name = names.iter().any(|name| name.start < span.end && span.start < name.end)
            || written.contains(word) && !written.contains(small.as_str());
        if span.start > 0 && capitalised(word) && !name {
            plain.replace_range(span, &small);
        }
    }
    plain
}

/// "Shells", not "UN" and not "shells".
fn capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::plain;
    use tidings_world::World;

    #[test]
    fn only_names_of_a_headline_stay_capitalised() {
        let text = "Rebels took two nurses in Tamale, Mayor Osei said. A nurse fled.";
        for (headline, wanted) in [
            ("Rebels Kidnap Two Nurses in Tamale", "Rebels kidnap two nurses in Tamale"),
            ("Army razes homes in Tamale", "Army razes homes in Tamale"),
            ("UN Condemns Kidnapping, Osei Says", "UN condemns kidnapping, Osei says"),
            ("Peru, Ghana Sign Pact", "Peru, Ghana sign pact"),
            ("", ""),
            ("É Ñ", "É Ñ"),
        ] {
            assert_eq!(plain(headline, text, World::embedded()), wanted);
        }
    }
}
