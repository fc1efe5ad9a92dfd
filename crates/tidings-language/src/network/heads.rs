//! From a word's vector to its tags, its head and its relation.
//!
//! The parser is the biaffine parser of Dozat & Manning (2017) with two economies: a learned bias
//! by distance, and one hidden layer for the relation of the chosen head instead of a full biaffine
//! form. The same as `training/heads.py`.

use super::kernel::{self, View};
use super::tree::Scores;
use super::weights::{File, Linear, ModelError};
use crate::tags::{Deprel, Feats, Upos, Xpos};
use std::ops::Range;

/// Words farther apart than this share one bias.
const FAR: isize = 16;

#[derive(Debug, Default)]
pub struct Heads<'m> {
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    feats: Vec<Feats>,
    deprels: Vec<Deprel>,
    tags: Linear<'m>,
    project: Linear<'m>,
    bilinear: Linear<'m>,
    head_bias: &'m [f32],
    root_arc: &'m [f32],
    root_rel: &'m [f32],
    distance: &'m [f32],
    relation: Linear<'m>,
}

/// What the network says of one word.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub upos: Upos,
    pub xpos: Xpos,
    pub feats: Feats,
    /// The head's place in its sentence; `None` for the root.
    pub head: Option<usize>,
    pub deprel: Deprel,
}

/// Room for the steps in between, used again for the next words.
#[derive(Default)]
pub struct Room {
    tags: Vec<f32>,
    projected: Vec<f32>,
    turned: Vec<f32>,
    candidates: Vec<f32>,
    hidden: Vec<f32>,
    relations: Vec<f32>,
}

impl<'m> Heads<'m> {
    pub fn read(file: &File<'m>, width: usize) -> Result<Heads<'m>, ModelError> {
        let broken = |name: &str| ModelError::Part(name.to_string());
        let heads = Heads {
            upos: file.lines("upos")?.map(|l| Upos::parse(l).unwrap_or(Upos::X)).collect(),
            xpos: file.lines("xpos")?.map(|l| Xpos::parse(l).unwrap_or(Xpos::Xx)).collect(),
            feats: file.lines("feats")?.map(Feats::parse).collect(),
            deprels: file
                .lines("deprels")?
                .map(|l| Deprel::parse(l).unwrap_or(Deprel::Dep))
                .collect(),
            tags: file.linear("tags", width)?,
            project: file.linear("project", width)?,
            root_arc: file.tensor("root_arc")?.cells,
            root_rel: file.tensor("root_rel")?.cells,
            distance: file.row("distance", 2 * FAR as usize + 1)?,
            ..Heads::default()
        };
        let (arc, rel) = (heads.root_arc.len(), heads.root_rel.len());
        let heads = Heads {
            bilinear: file.linear("bilinear", arc)?,
            head_bias: file.row("head_bias", arc)?,
            relation: file.linear("relation", rel)?,
            ..heads
        };
        let tags = heads.upos.len() + heads.xpos.len() + heads.feats.len();
        if heads.tags.bias.len() != tags {
            return Err(broken("tags"));
        }
        if heads.project.bias.len() != 2 * arc + 2 * rel || heads.bilinear.bias.len() != arc {
            return Err(broken("project"));
        }
        if heads.relation.bias.len() != heads.deprels.len() {
            return Err(broken("relation"));
        }
        Ok(heads)
    }

    /// One reading for each row of `x`, the words' vectors; `sentences` divides the rows.
    pub fn read_words(
        &self,
        x: &[f32],
        width: usize,
        sentences: &[Range<usize>],
        room: &mut Room,
        out: &mut Vec<Reading>,
    ) {
        let view = View::new(x, width, 0, width);
        kernel::linear(&mut room.tags, view, &self.tags);
        kernel::linear(&mut room.projected, view, &self.project);
        let (arc, rel) = (self.root_arc.len(), self.root_rel.len());
        let stride = 2 * (arc + rel);
        for row in room.projected.chunks_exact_mut(stride) {
            kernel::rectify(&mut row[..2 * arc]);
        }
        let dependents = View::new(&room.projected, stride, 0, arc);
        kernel::linear(&mut room.turned, dependents, &self.bilinear);

        let first = out.len();
        room.hidden.clear();
        for words in sentences {
            let rows = &room.projected[words.start * stride..words.end * stride];
            let turned = &room.turned[words.start * arc..words.end * arc];
            let heads = self.scores(turned, rows, stride, &mut room.candidates).tree();
            for (row, &head) in rows.chunks_exact(stride).zip(&heads) {
                let picked = match head {
                    0 => self.root_rel,
                    head => &rows[(head - 1) * stride + 2 * arc + rel..][..rel],
                };
                let own = &row[2 * arc..][..rel];
                room.hidden.extend(own.iter().zip(picked).map(|(a, b)| (a + b).max(0.0)));
            }
            out.extend(heads.iter().map(|&head| Reading { head: head.checked_sub(1), ..BLANK }));
        }
        kernel::linear(&mut room.relations, View::new(&room.hidden, rel, 0, rel), &self.relation);
        let tags = room.tags.chunks_exact(self.tags.bias.len());
        let relations = room.relations.chunks_exact(self.deprels.len());
        for ((reading, tags), relations) in out[first..].iter_mut().zip(tags).zip(relations) {
            let (upos, rest) = tags.split_at(self.upos.len());
            let (xpos, feats) = rest.split_at(self.xpos.len());
            reading.upos = self.upos[kernel::greatest(upos)];
            reading.xpos = self.xpos[kernel::greatest(xpos)];
            reading.feats = self.feats[kernel::greatest(feats)];
            reading.deprel = self.relation(relations, reading.head.is_none());
        }
    }

    /// Scores of every head for every word of one sentence.
    fn scores(
        &self,
        turned: &[f32],
        rows: &[f32],
        stride: usize,
        candidates: &mut Vec<f32>,
    ) -> Scores {
        let arc = self.root_arc.len();
        let words = rows.len() / stride;
        candidates.clear();
        candidates.extend_from_slice(self.root_arc);
        for row in rows.chunks_exact(stride) {
            candidates.extend_from_slice(&row[arc..2 * arc]);
        }
        let bias: Vec<f32> = candidates
            .chunks_exact(arc)
            .map(|head| head.iter().zip(self.head_bias).map(|(a, b)| a * b).sum())
            .collect();
        let mut cells = Vec::with_capacity(words * (words + 1));
        for word in 0..words as isize {
            cells.push(bias[0]);
            cells.extend((0..words as isize).zip(&bias[1..]).map(|(head, bias)| {
                bias + self.distance[((head - word).clamp(-FAR, FAR) + FAR) as usize]
            }));
        }
        let candidates = View::new(candidates, arc, 0, arc);
        kernel::multiply(&mut cells, View::new(turned, arc, 0, arc), candidates);
        Scores::new(cells, words)
    }

    /// The likeliest relation: `root` for the root and for no other word.
    fn relation(&self, scores: &[f32], root: bool) -> Deprel {
        if root {
            return Deprel::Root;
        }
        let mut best = None;
        for (&deprel, &score) in self.deprels.iter().zip(scores) {
            if deprel != Deprel::Root && best.is_none_or(|(_, most)| score > most) {
                best = Some((deprel, score));
            }
        }
        best.map_or(Deprel::Dep, |(deprel, _)| deprel)
    }
}

const BLANK: Reading =
    Reading { upos: Upos::X, xpos: Xpos::Xx, feats: Feats(0), head: None, deprel: Deprel::Dep };
