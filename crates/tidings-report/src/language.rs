//! A light check of the language, by the share of its commonest function words.

/// Function words that are frequent in one language and rare or absent in the others.
const PROFILES: [(&str, &[&str]); 8] = [
    (
        "en",
        &[
            "the", "of", "and", "to", "that", "is", "was", "for", "on", "with", "said", "by", "he",
            "it", "from", "at", "as", "his", "has", "have", "are", "not", "were", "been", "had",
            "they", "this", "would", "will", "who", "their", "but", "after", "she", "its", "which",
            "we", "you",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "und", "das", "den", "von", "zu", "mit", "sich", "auf", "f\u{fc}r",
            "ist", "dem", "nicht", "ein", "eine", "auch", "als", "nach", "wird", "bei", "einen",
            "sie", "im",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "et", "un", "une", "du", "dans", "que", "qui", "est", "pour",
            "sur", "pas", "au", "par", "avec", "ce", "il", "sont", "aux", "cette", "ont",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "del", "y", "una", "que", "por", "con", "para", "se", "su",
            "al", "es", "lo", "como", "m\u{e1}s", "pero", "sus", "fue", "ha", "en", "de",
        ],
    ),
    (
        "it",
        &[
            "il", "la", "di", "che", "del", "della", "per", "non", "gli", "dei", "con", "sono",
            "una", "nel", "alla", "le", "ha", "\u{e8}", "anche", "si", "al", "dal", "delle",
            "pi\u{f9}",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "da", "do", "das", "dos", "que", "em", "um", "uma", "para", "com",
            "n\u{e3}o", "na", "no", "por", "mais", "ao", "foi", "se", "\u{e9}", "como", "sua",
            "pelo",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "van", "en", "dat", "op", "te", "zijn", "niet", "aan", "met",
            "voor", "is", "ook", "door", "maar", "bij", "naar", "uit", "wordt", "heeft", "werd",
            "hij",
        ],
    ),
    (
        "sq",
        &[
            "dhe",
            "n\u{eb}",
            "t\u{eb}",
            "p\u{eb}r",
            "q\u{eb}",
            "nga",
            "me",
            "se",
            "nj\u{eb}",
            "\u{eb}sht\u{eb}",
            "ka",
            "si",
            "do",
            "kjo",
            "ky",
            "edhe",
            "por",
            "tha",
            "duke",
            "ishte",
            "kan\u{eb}",
            "m\u{eb}",
        ],
    ),
];

/// How many words of a text are looked at.
const SAMPLE: usize = 400;

/// The ISO 639-1 code of the language whose function words dominate; `None` where too few are found.
pub(crate) fn of(text: &str) -> Option<&'static str> {
    let mut hits = [0_usize; PROFILES.len()];
    let mut words = 0;
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(SAMPLE) {
        words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        for (hits, (_, profile)) in hits.iter_mut().zip(PROFILES) {
            *hits += usize::from(profile.contains(&lower.as_str()));
        }
    }
    let (best, most) =
        hits.iter().enumerate().max_by_key(|(at, hits)| (**hits, usize::MAX - at))?;
    let share = 8;
    (*most >= 2 && most * share >= words).then_some(PROFILES[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_words_tell() {
        let of_each = [
            (Some("en"), "The minister said on Monday that talks with the rebels had failed."),
            (
                Some("de"),
                "Der Minister sagte am Montag, die Gespr\u{e4}che mit den Rebellen sind gescheitert.",
            ),
            (
                Some("fr"),
                "Le ministre a dit lundi que les pourparlers avec les rebelles ont \u{e9}chou\u{e9}.",
            ),
            (
                Some("es"),
                "El ministro dijo el lunes que las conversaciones con los rebeldes fracasaron.",
            ),
            (
                Some("sq"),
                "Ministri tha t\u{eb} h\u{eb}n\u{eb}n se bisedimet me rebel\u{eb}t kan\u{eb} d\u{eb}shtuar n\u{eb} kufi.",
            ),
            (
                None,
                "\u{41c}\u{438}\u{43d}\u{438}\u{441}\u{442}\u{440} \u{441}\u{43a}\u{430}\u{437}\u{430}\u{43b} \u{432} \u{43f}\u{43e}\u{43d}\u{435}\u{434}\u{435}\u{43b}\u{44c}\u{43d}\u{438}\u{43a}.",
            ),
            (None, "Talks failed."),
        ];
        for (expected, text) in of_each {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
