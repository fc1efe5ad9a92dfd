//! Hand-written trees for tests, tersely.
//!
//! One sentence a line; an empty line begins a new paragraph. A word is
//! `form/UPOS>head:relation`, with what is wanted of `form~lemma/UPOS/XPOS/Feats>head:relation`;
//! heads count from one within the sentence, 0 is the root. A word that begins with `+` is written
//! together with the one before (`Serbia/PROPN>3:nmod:poss +'s/PART>1:case`). Without `~lemma` the
//! lemma is the form, in lower case unless it is a proper noun; personal pronouns get their
//! features by themselves.

use tidings_language::Conllu;

/// Reads the trees; `tree(..).document()` is the document.
pub(crate) fn tree(lines: &str) -> Conllu {
    let mut file = String::new();
    let mut paragraph = false;
    for line in lines.lines().map(str::trim) {
        if line.is_empty() {
            paragraph = !file.is_empty();
            continue;
        }
        if std::mem::take(&mut paragraph) {
            file.push_str("# newpar\n");
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        for (nth, word) in words.iter().enumerate() {
            let glued = words.get(nth + 1).is_some_and(|next| next.starts_with('+'));
            file.push_str(&conllu_line(nth + 1, word, glued));
        }
        file.push('\n');
    }
    Conllu::parse(&file).unwrap_or_else(|error| panic!("{error} in:\n{file}"))
}

fn conllu_line(number: usize, word: &str, glued: bool) -> String {
    let word = match word.strip_prefix('+') {
        Some(rest) if !rest.starts_with('/') => rest,
        _ => word,
    };
    let shape = "a word is form/UPOS>head:relation";
    let (left, edge) = word.rsplit_once('>').expect(shape);
    let (head, relation) = edge.split_once(':').expect(shape);
    let mut fields = left.splitn(4, '/');
    let (name, upos) = (fields.next().expect(shape), fields.next().expect(shape));
    let (form, lemma) = match name.split_once('~') {
        Some((form, lemma)) => (form, lemma.to_string()),
        None if upos == "PROPN" => (name, name.to_string()),
        None => (name, name.to_lowercase()),
    };
    let xpos = fields.next().filter(|x| !x.is_empty()).unwrap_or(match upos {
        "PROPN" => "NNP",
        "NOUN" => "NN",
        "ADJ" => "JJ",
        "ADP" => "IN",
        "DET" => "DT",
        _ => "_",
    });
    let feats = fields.next().unwrap_or(match form.to_lowercase().as_str() {
        "he" | "him" => "Gender=Masc|Number=Sing|Person=3|PronType=Prs",
        "his" => "Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
        "she" | "her" => "Gender=Fem|Number=Sing|Person=3|PronType=Prs",
        "it" => "Gender=Neut|Number=Sing|Person=3|PronType=Prs",
        "its" => "Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
        "they" | "them" => "Number=Plur|Person=3|PronType=Prs",
        "their" => "Number=Plur|Person=3|Poss=Yes|PronType=Prs",
        "we" | "us" => "Number=Plur|Person=1|PronType=Prs",
        "our" => "Number=Plur|Person=1|Poss=Yes|PronType=Prs",
        "i" | "me" => "Number=Sing|Person=1|PronType=Prs",
        _ => "_",
    });
    let space = if glued { "SpaceAfter=No" } else { "_" };
    format!("{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{relation}\t_\t{space}\n")
}

#[test]
fn words_become_a_document() {
    let read = tree(
        "Serbia/PROPN>3:nmod:poss +'s/PART>1:case president/NOUN>4:nsubj spoke~speak/VERB>0:root
         He/PRON>2:nsubj left~leave/VERB>0:root",
    );
    let doc = read.document();
    assert_eq!(doc.text, "Serbia's president spoke He left");
    assert_eq!((doc.lemma(3), doc.head(0), doc.sentences.len()), ("speak", Some(2), 2));
    assert!(doc.tokens[4].feats.has("Gender=Masc"));
}
