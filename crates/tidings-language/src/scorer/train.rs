//! Training of a scorer: stochastic gradient descent with AdaGrad steps (Duchi et al. 2011), one
//! example at a time, the same to the byte each time on one machine.

use super::{Features, MAGIC, MOST_BITS, Shape, logistic, softmax};

/// What is learned from the targets of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// One class of several, or shares of them that sum to 1.
    Softmax,
    /// Yes (1) or no (0) of each output for itself.
    Binary,
    /// A number for each output: the mean of what examples like it say.
    Squared,
    /// A number for each output: the middle of what examples like it say, as the loss grows evenly
    /// with the error (within [`EVEN`] as its square: Huber 1964).
    Absolute,
}

/// Errors smaller than this are squared under [`Loss::Absolute`].
const EVEN: f32 = 0.5;

/// How a model is taught.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What is made small.
    pub loss: Loss,
    /// Times that all examples are seen.
    pub epochs: usize,
    /// The first length of a step; it falls evenly to nothing.
    pub step: f32,
    /// How strongly weights are drawn to 0 (L2) at each step that touches them.
    pub decay: f32,
    /// The share of the hashed features that is left out at random each time an example is seen, so
    /// that none is leaned on alone; the same share of the hidden units.
    pub dropout: f32,
    /// Where chance begins.
    pub seed: u64,
    /// How many nets of the shape are taught, each from a chance of its own; they stand side by side
    /// in the file and answer with their mean, which is steadier than any of them (Hansen & Salamon
    /// 1990). A linear model is one net, as others would say the same.
    pub nets: usize,
}

impl Plan {
    /// What does well on ten thousand to a million examples.
    pub fn new(loss: Loss) -> Plan {
        Plan { loss, epochs: 10, step: 0.1, decay: 1e-5, dropout: 0.1, seed: 1, nets: 1 }
    }
}

/// Decisions with their features and the right answers.
#[derive(Debug, Clone)]
pub struct Examples {
    shape: Shape,
    ids: Vec<u32>,
    /// Where the ids of each example end.
    ends: Vec<usize>,
    dense: Vec<f32>,
    targets: Vec<f32>,
    weights: Vec<f32>,
}

impl Examples {
    /// No examples yet, of a model of this shape.
    pub fn new(shape: Shape) -> Examples {
        let shape = Shape { bits: shape.bits.min(MOST_BITS), ..shape };
        let (ids, ends, dense) = (Vec::new(), Vec::new(), Vec::new());
        Examples { shape, ids, ends, dense, targets: Vec::new(), weights: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds an example with a target for each output (those missing are 0). With
    /// [`Loss::Binary`] and [`Loss::Squared`] a target that is not a number asks nothing of its
    /// output.
    pub fn push(&mut self, features: &Features, targets: &[f32]) {
        self.push_weighted(features, targets, 1.0);
    }

    /// Adds an example that counts as much as `weight` others.
    pub fn push_weighted(&mut self, features: &Features, targets: &[f32], weight: f32) {
        self.ids.extend_from_slice(&features.ids);
        self.ends.push(self.ids.len());
        pad(&mut self.dense, &features.dense, self.shape.dense);
        pad(&mut self.targets, targets, self.shape.outputs);
        self.weights.push(weight);
    }

    /// Adds an example of one class.
    pub fn push_class(&mut self, features: &Features, class: usize) {
        self.push(features, &[]);
        let first = self.targets.len() - self.shape.outputs;
        if let Some(target) = self.targets[first..].get_mut(class) {
            *target = 1.0;
        }
    }

    fn ids(&self, example: usize) -> &[u32] {
        let start = if example == 0 { 0 } else { self.ends[example - 1] };
        &self.ids[start..self.ends[example]]
    }
}

/// Appends `values`, cut or filled up with zeros to `length`.
fn pad(to: &mut Vec<f32>, values: &[f32], length: usize) {
    let end = to.len() + length;
    to.extend_from_slice(&values[..values.len().min(length)]);
    to.resize(end, 0.0);
}

/// Learns from examples; out comes a model file for [`Scorer::read`](super::Scorer::read).
pub fn learn(examples: &Examples, plan: &Plan) -> Vec<u8> {
    let nets = if examples.shape.width == 0 { 1 } else { plan.nets.max(1) as u64 };
    let net = |nth| net(examples, &Plan { seed: plan.seed + nth, ..*plan });
    (1..nets).map(net).fold(net(0), Weights::beside).write(nets as f32)
}

/// Learns one net.
fn net(examples: &Examples, plan: &Plan) -> Weights {
    let mut learner = Learner::new(examples, plan);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let steps = (plan.epochs * order.len()).max(1) as f32;
    let mut done = 0;
    for _ in 0..plan.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, learner.chance.below(i + 1));
        }
        for &example in &order {
            learner.step = plan.step * (1.0 - done as f32 / steps);
            learner.see(examples, example);
            done += 1;
        }
    }
    Weights {
        shape: learner.shape,
        rows: learner.rows.cells,
        dense: learner.dense.cells,
        bias: learner.bias.cells,
        head: learner.head.cells,
        head_bias: learner.head_bias.cells,
    }
}

/// What was learned.
struct Weights {
    shape: Shape,
    rows: Vec<f32>,
    dense: Vec<f32>,
    bias: Vec<f32>,
    /// The output matrix, one row for each output, and its biases.
    head: Vec<f32>,
    head_bias: Vec<f32>,
}

impl Weights {
    /// The two nets side by side: their outputs are added.
    fn beside(self, other: Weights) -> Weights {
        let (left, right) = (self.shape.width, other.shape.width);
        let rows = |left_cells: &[f32], right_cells: &[f32]| {
            let pairs = left_cells.chunks(left).zip(right_cells.chunks(right));
            pairs.flat_map(|(one, two)| one.iter().chain(two)).copied().collect()
        };
        let sums = self.head_bias.iter().zip(&other.head_bias);
        Weights {
            shape: Shape { width: left + right, ..self.shape },
            rows: rows(&self.rows, &other.rows),
            dense: rows(&self.dense, &other.dense),
            bias: rows(&self.bias, &other.bias),
            head: rows(&self.head, &other.head),
            head_bias: sums.map(|(one, two)| one + two).collect(),
        }
    }

    /// The model as a file: every column of weights is scaled to fill a signed byte. The outputs are
    /// divided by `parts`.
    fn write(&self, parts: f32) -> Vec<u8> {
        let columns = self.shape.columns();
        let mut scales = vec![1e-9_f32; columns];
        for row in self.rows.chunks(columns.max(1)).chain(self.dense.chunks(columns.max(1))) {
            for (scale, cell) in scales.iter_mut().zip(row) {
                *scale = scale.max(cell.abs() / 127.0);
            }
        }
        let mut file = MAGIC.to_vec();
        let Shape { bits, dense, width, outputs } = self.shape;
        for number in [bits, dense as u32, width as u32, outputs as u32] {
            file.extend_from_slice(&number.to_le_bytes());
        }
        for float in scales.iter().chain(&self.bias) {
            file.extend_from_slice(&float.to_le_bytes());
        }
        for float in self.head.iter().chain(&self.head_bias) {
            file.extend_from_slice(&(float / parts).to_le_bytes());
        }
        for table in [&self.rows, &self.dense] {
            for row in table.chunks(columns.max(1)) {
                let cells = row.iter().zip(&scales);
                file.extend(cells.map(|(cell, scale)| (cell / scale).round() as i8 as u8));
            }
        }
        file
    }
}

/// Xorshift (Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Evenly from 0 to 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// Numbers that are learned, each with the sum of its squared slopes.
struct Table {
    cells: Vec<f32>,
    squares: Vec<f32>,
}

impl Table {
    fn new(length: usize) -> Table {
        Table { cells: vec![0.0; length], squares: vec![1e-2; length] }
    }

    /// Numbers of both signs, none greater than `most`.
    fn random(length: usize, most: f32, chance: &mut Chance) -> Table {
        let mut table = Table::new(length);
        table.cells.iter_mut().for_each(|cell| *cell = most * (2.0 * chance.share() - 1.0));
        table
    }

    /// Steps down the slopes, times `by`, in the row that begins at `at`.
    fn descend(&mut self, at: usize, slopes: &[f32], by: f32, step: f32, decay: f32) {
        let cells = &mut self.cells[at..at + slopes.len()];
        let squares = &mut self.squares[at..at + slopes.len()];
        for ((cell, square), slope) in cells.iter_mut().zip(squares).zip(slopes) {
            let slope = slope * by + decay * *cell;
            *square += slope * slope;
            *cell -= step * slope / square.sqrt();
        }
    }
}

struct Learner {
    shape: Shape,
    plan: Plan,
    chance: Chance,
    rows: Table,
    dense: Table,
    bias: Table,
    /// The output matrix, one row for each output, and its biases.
    head: Table,
    head_bias: Table,
    step: f32,
    /// Room: the features kept, the columns, the scores, and the slopes of both.
    ids: Vec<usize>,
    sums: Vec<f32>,
    scores: Vec<f32>,
    slopes: Vec<f32>,
}

impl Learner {
    fn new(examples: &Examples, plan: &Plan) -> Learner {
        let shape = examples.shape;
        let mut chance = Chance(plan.seed ^ 0x2545_f491_4f6c_dd1d);
        chance.0 = chance.0.max(1);
        let columns = shape.columns();
        let mut rows = Table::new(shape.rows() * columns);
        let mut dense = Table::new(shape.dense * columns);
        let (mut bias, mut head) = (Table::new(columns), Table::new(0));
        if shape.width > 0 {
            // Hidden units must begin apart. Rows that no example has stay 0, and say nothing.
            dense = Table::random(shape.dense * columns, within(shape.dense), &mut chance);
            bias = Table::random(columns, 0.1, &mut chance);
            head = Table::random(shape.outputs * columns, within(columns), &mut chance);
            for &id in &examples.ids {
                let at = (id as usize & (shape.rows() - 1)) * columns;
                if rows.cells[at] == 0.0 {
                    let row = &mut rows.cells[at..at + columns];
                    row.iter_mut().for_each(|cell| *cell = 0.2 * chance.share() - 0.1);
                }
            }
        }
        let head_bias = Table::new(if shape.width == 0 { 0 } else { shape.outputs });
        let (ids, sums, scores, slopes) = Default::default();
        let (plan, step) = (*plan, plan.step);
        Learner {
            shape,
            plan,
            chance,
            rows,
            dense,
            bias,
            head,
            head_bias,
            step,
            ids,
            sums,
            scores,
            slopes,
        }
    }

    /// Learns from one example.
    fn see(&mut self, examples: &Examples, example: usize) {
        let columns = self.shape.columns();
        let mask = self.shape.rows() - 1;
        self.ids.clear();
        for &id in examples.ids(example) {
            if self.plan.dropout == 0.0 || self.chance.share() >= self.plan.dropout {
                self.ids.push((id as usize & mask) * columns);
            }
        }
        let dense = &examples.dense[example * self.shape.dense..][..self.shape.dense];
        let targets = &examples.targets[example * self.shape.outputs..][..self.shape.outputs];
        self.sums.clear();
        self.sums.extend_from_slice(&self.bias.cells);
        for &at in &self.ids {
            add(&mut self.sums, &self.rows.cells[at..at + columns], 1.0);
        }
        for (i, &value) in dense.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            add(&mut self.sums, &self.dense.cells[i * columns..][..columns], value);
        }
        let (step, decay) = (self.step, self.plan.decay);
        if self.shape.width == 0 {
            self.scores.clone_from(&self.sums);
            errors(&mut self.scores, targets, self.plan.loss, examples.weights[example]);
            std::mem::swap(&mut self.slopes, &mut self.scores);
        } else {
            // A unit left out is as one that is not above 0; the others speak up for it.
            let louder = 1.0 / (1.0 - self.plan.dropout);
            for sum in &mut self.sums {
                let out = self.plan.dropout > 0.0 && self.chance.share() < self.plan.dropout;
                *sum = if out { 0.0 } else { sum.max(0.0) * louder };
            }
            self.scores.clone_from(&self.head_bias.cells);
            for (score, weights) in
                self.scores.iter_mut().zip(self.head.cells.chunks_exact(columns))
            {
                *score += weights.iter().zip(&self.sums).map(|(w, unit)| w * unit).sum::<f32>();
            }
            errors(&mut self.scores, targets, self.plan.loss, examples.weights[example]);
            self.slopes.clear();
            self.slopes.resize(columns, 0.0);
            for (&error, weights) in self.scores.iter().zip(self.head.cells.chunks_exact(columns)) {
                add(&mut self.slopes, weights, error * louder);
            }
            for (slope, unit) in self.slopes.iter_mut().zip(&self.sums) {
                if *unit <= 0.0 {
                    *slope = 0.0;
                }
            }
            for (output, &error) in self.scores.iter().enumerate() {
                self.head.descend(output * columns, &self.sums, error, step, decay);
            }
            self.head_bias.descend(0, &self.scores, 1.0, step, 0.0);
        }
        if self.slopes.iter().all(|&slope| slope == 0.0) {
            return;
        }
        self.bias.descend(0, &self.slopes, 1.0, step, 0.0);
        for &at in &self.ids {
            self.rows.descend(at, &self.slopes, 1.0, step, decay);
        }
        for (i, &value) in dense.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            self.dense.descend(i * columns, &self.slopes, value, step, decay);
        }
    }
}

/// The width of chance that keeps the size of a sum over so many numbers (Glorot & Bengio 2010).
fn within(inputs: usize) -> f32 {
    (3.0 / inputs.max(1) as f32).sqrt()
}

fn add(sums: &mut [f32], row: &[f32], by: f32) {
    for (sum, cell) in sums.iter_mut().zip(row) {
        *sum += cell * by;
    }
}

/// Turns scores into the slopes of the loss.
fn errors(scores: &mut [f32], targets: &[f32], loss: Loss, weight: f32) {
    match loss {
        Loss::Softmax => softmax(scores),
        Loss::Binary => scores.iter_mut().for_each(|score| *score = logistic(*score)),
        Loss::Squared | Loss::Absolute => {}
    }
    let most = if loss == Loss::Absolute { EVEN } else { f32::INFINITY };
    for (score, target) in scores.iter_mut().zip(targets) {
        let error = (*score - target).clamp(-most, most);
        *score = if target.is_nan() { 0.0 } else { error * weight };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hash, ModelError, Room, Scorer};
    use super::*;

    /// Two of forty words; whether they are of one kind is what there is to learn.
    fn pair(n: u64) -> (Features, bool) {
        let (left, right) = (n * 7 % 20, n * 13 / 20 % 20);
        let mut features = Features::default();
        features.add(Hash(left));
        features.add(Hash(right));
        (features, left % 2 == right % 2)
    }

    fn learned(shape: Shape, loss: Loss) -> Vec<u8> {
        let mut examples = Examples::new(shape);
        for n in 0..2_000 {
            let (features, same) = pair(n);
            match loss {
                Loss::Softmax => examples.push_class(&features, usize::from(same)),
                _ => examples.push(&features, &[f32::from(u8::from(same)), f32::NAN]),
            }
        }
        learn(&examples, &Plan::new(loss))
    }

    fn right(file: &[u8], yes: impl Fn(&[f32]) -> bool) -> usize {
        let (scorer, mut room) = (Scorer::read(file).unwrap(), Room::default());
        let mut right = |n| {
            let (features, same) = pair(n);
            yes(scorer.scores(&features, &mut room)) == same
        };
        (2_000..2_400).filter(|&n| right(n)).count()
    }

    #[test]
    fn a_hidden_layer_learns_what_no_sum_of_features_tells() {
        let shape = |width| Shape { bits: 10, dense: 0, width, outputs: 2 };
        let linear = right(&learned(shape(0), Loss::Softmax), |s| s[1] > s[0]);
        assert!(linear < 300, "{linear}");
        for (loss, middle) in [(Loss::Binary, 0.0), (Loss::Squared, 0.5)] {
            assert_eq!(right(&learned(shape(16), loss), |s| s[0] > middle), 400, "{loss:?}");
        }
        assert_eq!(right(&learned(shape(16), Loss::Softmax), |s| s[1] > s[0]), 400);
    }

    #[test]
    fn numbers_of_the_dense_part_are_learned_from() {
        for width in [0, 8] {
            let shape = Shape { bits: 0, dense: 2, width, outputs: 1 };
            let mut examples = Examples::new(shape);
            let mut features = Features::default();
            let mut at = |n: i32| {
                let (x, y) = ((n % 9 - 4) as f32 / 4.0, (n / 9 % 9 - 4) as f32 / 4.0);
                features.clear();
                features.dense(&[x, y]);
                (features.clone(), x - 2.0 * y)
            };
            for n in 0..2_000 {
                let (features, sum) = at(n);
                examples.push(&features, &[sum]);
            }
            let plan = Plan { dropout: 0.0, ..Plan::new(Loss::Squared) };
            let file = learn(&examples, &plan);
            let (scorer, mut room) = (Scorer::read(&file).unwrap(), Room::default());
            for n in 0..81 {
                let (features, sum) = at(n);
                let found = scorer.scores(&features, &mut room)[0];
                assert!((found - sum).abs() < 0.2, "width {width}: {found} for {sum}");
            }
        }
    }

    #[test]
    fn a_number_that_is_not_known_keeps_its_place() {
        let (mut bare, mut full) = (Features::default(), Features::default());
        bare.blank(2);
        bare.dense(&[1.0]);
        full.dense(&[0.0, 0.0, 1.0]);
        assert_eq!(bare.dense, full.dense);
    }

    #[test]
    fn a_kind_left_out_is_not_taken_by_the_next() {
        let (mut some, mut none) = (Features::default(), Features::default());
        some.add_some(Some(Hash(1)));
        some.add_word("truce");
        none.add_some(None);
        none.add_word("Truce");
        assert_eq!(some.ids[1], none.ids[0]);
    }

    #[test]
    fn the_same_examples_give_the_same_file_and_a_damaged_one_is_refused() {
        let shape = Shape { bits: 6, dense: 0, width: 4, outputs: 2 };
        let file = learned(shape, Loss::Softmax);
        assert!(file == learned(shape, Loss::Softmax));
        assert_eq!(Scorer::read(&file).unwrap().outputs(), 2);
        let length = |found| ModelError::Length { found, needed: file.len() };
        for end in [24, 100, file.len() - 1] {
            assert_eq!(Scorer::read(&file[..end]).err(), Some(length(end)));
        }
        let longer = [&file[..], &[0]].concat();
        assert_eq!(Scorer::read(&longer).err(), Some(length(longer.len())));
        for foreign in [&b"something else"[..], b"TSCORER1", b"", &[0xff; 40]] {
            assert_eq!(Scorer::read(foreign).err(), Some(ModelError::Foreign));
        }
        let huge = [MAGIC, &[0xff; 16]].concat();
        assert_eq!(Scorer::read(&huge).err(), Some(ModelError::Foreign));
    }

    #[test]
    fn nets_side_by_side_answer_with_their_mean() {
        let shape = Shape { bits: 10, dense: 1, width: 5, outputs: 2 };
        let mut examples = Examples::new(shape);
        for n in 0..500 {
            let (mut features, same) = pair(n);
            features.dense(&[(n % 3) as f32]);
            examples.push(&features, &[f32::from(u8::from(same)), 0.5]);
        }
        let plan = |seed, nets| Plan { epochs: 2, seed, nets, ..Plan::new(Loss::Squared) };
        let files =
            [(1, 1), (2, 1), (1, 2)].map(|(seed, nets)| learn(&examples, &plan(seed, nets)));
        let (mut room, (mut features, _)) = (Room::default(), pair(7));
        features.dense(&[1.0]);
        let [one, two, both] = files.map(|file| {
            let scorer = Scorer::read(&file).unwrap();
            scorer.scores(&features, &mut room).to_vec()
        });
        for ((one, two), both) in one.iter().zip(&two).zip(&both) {
            assert!(((one + two) / 2.0 - both).abs() < 1e-5, "{one} and {two} gave {both}");
        }
    }

    #[test]
    fn a_scorer_without_outputs_says_nothing() {
        let (features, _) = pair(1);
        assert!(Scorer::default().scores(&features, &mut Room::default()).is_empty());
        let file = learn(&Examples::new(Shape::default()), &Plan::new(Loss::Binary));
        assert!(Scorer::read(&file).unwrap().scores(&features, &mut Room::default()).is_empty());
    }
}
