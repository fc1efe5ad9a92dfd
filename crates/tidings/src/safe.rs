//! The words of reports, made fit for a terminal and for Markdown.
//!
//! A report may hold anything: escape sequences that repaint the screen, marks that turn the
//! direction of writing, markup. None of it may reach the reader as anything but words.

use std::fmt::Write;

/// One line of words: white space runs become one blank, and what would steer a terminal or turn
/// the direction of writing becomes `�`.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        out.push(if steers(c) { char::REPLACEMENT_CHARACTER } else { c });
    }
    out
}

/// Data for other programs, its lines and columns kept: what steers becomes `�`.
pub fn columns(text: &str) -> String {
    let shown =
        |c| if steers(c) && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(shown).collect()
}

/// JSON in which what steers is escaped: the same value, and no danger on a terminal.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, and the marks of Unicode's bidirectional algorithm (UAX 9) and its tags.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// A line for Markdown (CommonMark and GitHub's): shown as written, never read as markup.
///
/// What could open a tag becomes a character reference, so that the page holds no tag even for a
/// reader that knows nothing of escapes; addresses are broken up, so that they are no links.
pub fn markdown(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let (before, from) = text.split_at(at);
        let markup = r"\`*_{}[]#|!~$@".contains(c)
            || at == 0 && "-+=:".contains(c)
            || at == digits && digits > 0 && ".)".contains(c)
            || from.starts_with("://")
            || c == '.'
                && before
                    .get(at.saturating_sub(3)..)
                    .is_some_and(|w| w.eq_ignore_ascii_case("www"));
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => {
                if markup {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_bells_lose_their_power() {
        assert_eq!(line("a\u{1b}[2Jb\u{7}\u{9b}1m"), "a�[2Jb��1m");
    }

    #[test]
    fn right_to_left_overrides_are_shown_not_obeyed() {
        assert_eq!(line("pay \u{202e}001\u{202c} now"), "pay �001� now");
    }

    #[test]
    fn lines_and_paragraphs_become_one_line() {
        assert_eq!(line(" a\r\n\n b\u{2028}c\t"), "a b c");
    }

    #[test]
    fn letters_of_all_scripts_stay() {
        assert_eq!(line("Vučić Київ 北京 ’“”"), "Vučić Київ 北京 ’“”");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = "a\u{1b}\u{9b}\u{202e}\u{e0041}ž";
        let safe = json(&serde_json::to_string(value).unwrap());
        assert_eq!(safe, r#""a\u001b\u009b\u202e\udb40\udc41ž""#);
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), value);
    }

    #[test]
    fn columns_keep_their_tabs() {
        assert_eq!(columns("1\tPeru\u{1b}\n"), "1\tPeru�\n");
    }

    #[test]
    fn markup_is_shown_as_written() {
        assert_eq!(markdown("<img src=x> [a](b) *c*"), r"&lt;img src=x&gt; \[a\](b) \*c\*");
        assert_eq!(markdown("AT&amp;T &lt;b&gt;"), "AT&amp;amp;T &amp;lt;b&amp;gt;");
        assert_eq!(markdown("- not a list"), r"\- not a list");
        assert_eq!(markdown("1999. The war"), r"1999\. The war");
        assert_eq!(markdown("a-b 2.5"), "a-b 2.5");
    }

    #[test]
    fn addresses_are_no_links() {
        assert_eq!(markdown("see https://x.example"), r"see https\://x.example");
        assert_eq!(markdown("see WWW.x.example, a@x.example"), r"see WWW\.x.example, a\@x.example");
    }
}
