use crate::run::{Folder, fed, tidings};

const COMMANDS: [&[&str]; 7] = [
    &["code"],
    &["code", "--explain"],
    &["brief"],
    &["brief", "--format", "markdown"],
    &["brief", "--format", "json"],
    &["annotate", "--format", "conllu"],
    &["annotate", "--format", "json"],
];

/// Every command reads the text and ends well; gives what they wrote.
#[track_caller]
fn survive(text: &str) -> Vec<String> {
    let report = format!("Date: 2031-04-02\n\n{text}\n");
    let run = |args: &[&str]| {
        let run = fed(args.iter().chain(&["-"]), report.as_bytes()).exits(0);
        assert_eq!(run.err, "");
        run.out
    };
    COMMANDS.iter().map(|args| run(args)).collect()
}

#[test]
fn text_that_is_hard_to_read() {
    for text in [
        "?",
        "Peru",
        "’s",
        "“““ ”” \"\" '' ((((( [[[",
        "If if if unless unless said said said said that that.",
        "1 2 3 4,5 6.7 8% $9 10/11/12 2031-13-45 31 February 99999999999999999999",
        "Peru attacked Peru attacked Peru attacked Peru attacked Peru.",
        "ПРУ атаковал. 北京发表声明。 القاهرة",
        "e\u{301}e\u{301}\u{301}\u{301}\u{200d}\u{feff}👩‍👩‍👧‍👦🇵🇪 said.",
        "â€œWe leftâ€\u{9d}, said PeruÃ¡.",
    ] {
        // "?" and the like hold no words: that is told, and is no panic.
        let report = format!("Date: 2031-04-02\n\n{text}\n");
        for args in COMMANDS {
            let run = fed(args.iter().chain(&["-"]), report.as_bytes());
            let empty = run.code == 1 && run.err.contains("the report is empty");
            assert!(run.code == 0 || empty, "{text:?}: {run:#?}");
        }
    }
}

#[test]
fn sentences_without_an_end() {
    let long = "Peru and Ecuador and ".repeat(1500);
    survive(&format!("{long} met."));
    survive(&"(".repeat(5000).replace('(', "(Peru "));
}

#[test]
fn a_word_without_an_end() {
    for page in &survive(&format!("{} condemned Peru.", "x".repeat(200_000)))[2..3] {
        assert!(page.lines().all(|line| line.chars().count() <= 92), "a line leaves the page");
    }
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let text = "Peru\u{1b}]0;owned\u{7} condemned\u{1b}[2J Ecuador\u{9b}31m on Tuesday\u{202e}. \
        \u{1b}[31mEcuador will attack Peru on Friday.";
    for page in survive(text) {
        let steers = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}';
        assert!(!page.contains(steers), "{page:?}");
    }
}

#[test]
fn markup_in_a_report_is_not_markup_in_the_brief() {
    let text = "Peru condemned Ecuador on Tuesday <script>alert(1)</script> [here](http://evil.example). \
        “*We* _left_ | `code`,” said the # foreign minister of Peru.";
    let page = &survive(text)[3];
    for raw in ["<script", "[here](", "*We*"] {
        assert!(!page.contains(raw), "{raw:?} is left in:\n{page}");
    }
}

#[test]
fn names_of_files_are_shown_safely_too() {
    let folder = Folder::new();
    let path = folder.name("a\u{1b}[31mb.txt");
    let run = tidings(["code", &path]).exits(1);
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
    let run = fed(
        ["brief", "-"],
        b"{\"id\":\"\\u001b[2J\",\"date\":\"2031-04-02\",\"text\":\"Peru condemned Ecuador.\",\"title\":\"\\u001b[31m\"}",
    )
    .exits(0);
    assert!(!run.out.contains('\u{1b}'), "{:?}", run.out);
}
