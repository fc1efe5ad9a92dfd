//! Words and phrases that are sought.
//!
//! The full-text indexes tell which texts hold all the words, by their stems. That some of them stand next to each
//! other is looked up in the texts so found: letter for letter, but for case and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is sought, as an asker writes it: words, and phrases between double quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sought {
    /// All words, in the language of FTS5. Each is quoted, so that what the asker types is sought and never obeyed.
    pub words: String,
    /// Those that stand next to each other.
    pub phrases: Vec<String>,
}

impl Sought {
    pub fn read(asked: &str) -> Sought {
        let mut sought = Sought { words: String::new(), phrases: Vec::new() };
        for (at, part) in asked.split('"').enumerate() {
            if at % 2 == 1 {
                sought.add(part, true);
            } else {
                part.split_whitespace().for_each(|word| sought.add(word, false));
            }
        }
        sought
    }

    /// Adds what has no blank in it, or stood between quotes. "U.S." is two words next to each other.
    fn add(&mut self, part: &str, quoted: bool) {
        let words = words(part).count();
        for word in self::words(part) {
            let blank = if self.words.is_empty() { "" } else { " " };
            self.words.push_str(&format!("{blank}\"{word}\""));
        }
        if words > 1 || quoted && words == 1 {
            self.phrases.push(part.to_string());
        }
    }
}

/// Whether the words of the phrase stand next to each other in the text.
pub(crate) fn says(text: &str, phrase: &str) -> bool {
    let phrase: Vec<&str> = words(phrase).collect();
    // For each run of words under way, how many of the phrase's have come.
    let mut runs: Vec<usize> = Vec::new();
    for word in words(text) {
        runs.push(0);
        runs.retain_mut(|come| {
            let goes_on = phrase.get(*come).is_some_and(|next| is_same(next, word));
            *come += 1;
            goes_on
        });
        if runs.first() == Some(&phrase.len()) {
            return true;
        }
    }
    phrase.is_empty()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty())
}

/// As FTS5's tokenizer unicode61 has it: letters, digits, and the accents among the combining marks.
fn is_of_word(c: char) -> bool {
    is_accent(c) || c.is_alphanumeric() && (c.is_ascii() || !is_combining_mark(c))
}

/// A mark that stands over the letter before it.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{331}').contains(&c)
}

fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    plain(a).eq(plain(b))
}

fn plain(word: &str) -> impl Iterator<Item = char> {
    word.nfd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sought_and_phrases_kept_whatever_marks_they_bear() {
        let read = |asked: &str| {
            let Sought { words, phrases } = Sought::read(asked);
            (words, phrases.join("|"))
        };
        let told = |words: &str, phrases: &str| (words.to_string(), phrases.to_string());
        assert_eq!(
            read(r#"gulf "patrol boat" OR -x*"#),
            told(r#""gulf" "patrol" "boat" "OR" "x""#, "patrol boat")
        );
        assert_eq!(read(r#"un"closed"#), told(r#""un" "closed""#, "closed"));
        assert_eq!(read("U.S. envoy"), told(r#""U" "S" "envoy""#, "U.S."));
        assert_eq!(read(" - "), told("", ""));
    }

    #[test]
    fn a_phrase_stands_in_a_text_letter_for_letter_but_for_case_and_accents() {
        let text = "The patrol, the Patrol boat of Thaçi's navy";
        for said in ["patrol boat", "THE PATROL BOAT", "thaci", "boat of Thaçi", "the"] {
            assert!(says(text, said), "{said}");
        }
        for unsaid in ["patrol boats", "boat patrol", "the boat", "navy of", "Thac"] {
            assert!(!says(text, unsaid), "{unsaid}");
        }
    }
}
