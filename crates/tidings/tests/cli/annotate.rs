use crate::run::{Folder, TALKS, tidings};

#[test]
fn conllu_has_ten_columns_and_a_name_for_each_report() {
    let folder = Folder::new();
    let out =
        tidings(["annotate", &folder.with("a.txt", TALKS), "--format", "conllu"]).exits(0).out;
    assert!(out.starts_with("# newdoc id = a\n"), "{out}");
    let words: Vec<&str> =
        out.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(words.iter().all(|line| line.split('\t').count() == 10), "{out}");
}

#[test]
fn text_without_a_date_is_welcome() {
    let folder = Folder::new();
    tidings(["annotate", &folder.with("a.txt", "Peru left."), "--format", "conllu"]).exits(0);
}

#[test]
fn given_words_are_kept() {
    let folder = Folder::new();
    let row = |n: usize, form: &str| format!("{n}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n");
    let given: String =
        ["Peru", "co-signed", "it", "."].iter().zip(1..).map(|(f, n)| row(n, f)).collect();
    let file = folder.with("g.conllu", format!("{given}\n"));
    let run = tidings(["annotate", &file, "--format", "conllu", "--pretokenized"]).exits(0);
    let forms: Vec<&str> = run.out.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(forms, ["Peru", "co-signed", "it", "."]);
    let json =
        &tidings(["annotate", &file, "--format", "json", "--pretokenized"]).exits(0).json()[0];
    assert_eq!(json["sentences"][0]["tokens"][1]["form"], "co-signed");
    assert_eq!(json["sentences"][0]["tokens"][1]["start"], 5);
}

#[test]
fn broken_conllu_is_named_by_its_line() {
    let folder = Folder::new();
    let file = folder.with("g.conllu", "1\tPeru\n");
    let run = tidings(["annotate", &file, "--format", "conllu", "--pretokenized"]).exits(1);
    run.complains_of(&["g.conllu", "line 1", "10"]);
}

#[test]
fn heads_that_make_no_tree_are_named_by_their_line() {
    let folder = Folder::new();
    let rows = |heads: [usize; 3]| -> String {
        let row = |(n, head)| format!("{n}\tw\tw\tNOUN\tNN\t_\t{head}\tdep\t_\t_\n");
        (1..).zip(heads).map(row).collect()
    };
    for (name, heads, words) in [
        ("circle", [0, 3, 2], ["circle.conllu, line 2", "circle", "lead to the root"]),
        ("rootless", [2, 3, 1], ["rootless.conllu, line 1", "no root", "head 0"]),
        ("far", [0, 1, 9], ["far.conllu, line 3", "outside the sentence", "0 for the root"]),
    ] {
        let bad = folder.with(&format!("{name}.conllu"), rows(heads));
        let good = folder.with("good.conllu", rows([2, 0, 2]));
        let run = tidings(["annotate", &bad, &good, "--format", "conllu", "--pretokenized"]);
        let run = run.exits(2).complains_of(&words);
        assert!(run.out.starts_with("# newdoc id = good\n"), "{}", run.out);
    }
}

#[test]
fn trees_are_conllu_unless_asked_otherwise() {
    let folder = Folder::new();
    let file = folder.with("a.txt", TALKS);
    let plain = tidings(["annotate", &file]).exits(0).out;
    assert_eq!(plain, tidings(["annotate", &file, "--format", "conllu"]).exits(0).out);
    tidings(["annotate", &file, "--format", "xml"]).exits(1).complains_of(&["--format"]);
}
