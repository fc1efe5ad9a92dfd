//! Apache Parquet: a column to each column of the answer, days as dates, lists as lists, compressed with Zstandard.

use super::{Exported, Unexported};
use crate::questions::{Filter, Kind, Subject, Value};
use crate::store::Record;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are turned into columns together.
const TOGETHER: usize = 8192;

pub(super) fn write(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    to: impl Write + Send,
) -> Result<Exported, Unexported> {
    let kinds: Vec<Kind> = subject.kinds().collect();
    let fields = subject.columns().zip(&kinds).map(|(name, kind)| field(name, *kind));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<Field>>()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties))
        .map_err(io::Error::other)?;
    let mut columns = Columns::new(&kinds);
    let mut gathered = 0;
    let fitted = record.ask(subject, filter, |row| {
        columns.add(row);
        gathered += 1;
        if gathered == TOGETHER {
            gathered = 0;
            let batch = columns.batch(&schema).map_err(io::Error::other)?;
            writer.write(&batch).map_err(io::Error::other)?;
        }
        Ok(())
    })?;
    let batch = columns.batch(&schema).map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    writer.close().map_err(io::Error::other)?;
    Ok(Exported::of(fitted, fitted))
}

fn field(name: &str, kind: Kind) -> Field {
    match kind {
        Kind::Text => Field::new(name, DataType::Utf8, true),
        Kind::Day => Field::new(name, DataType::Date32, true),
        Kind::Integer => Field::new(name, DataType::Int64, true),
        Kind::Real => Field::new(name, DataType::Float64, true),
        Kind::Flag => Field::new(name, DataType::Boolean, true),
        Kind::List => Field::new_list(name, Field::new_list_field(DataType::Utf8, true), true),
    }
}

/// One column under way.
enum Builder {
    Text(StringBuilder),
    Day(Date32Builder),
    Integer(Int64Builder),
    Real(Float64Builder),
    Flag(BooleanBuilder),
    List(ListBuilder<StringBuilder>),
}

struct Columns(Vec<Builder>);

impl Columns {
    fn new(kinds: &[Kind]) -> Columns {
        let builder = |kind: &Kind| match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
            Kind::Integer => Builder::Integer(Int64Builder::new()),
            Kind::Real => Builder::Real(Float64Builder::new()),
            Kind::Flag => Builder::Flag(BooleanBuilder::new()),
            Kind::List => Builder::List(ListBuilder::new(StringBuilder::new())),
        };
        Columns(kinds.iter().map(builder).collect())
    }

    fn add(&mut self, row: &[Value]) {
        for (builder, value) in self.0.iter_mut().zip(row) {
            match (builder, value) {
                (Builder::Text(to), Value::Text(text)) => to.append_value(text),
                (Builder::Text(to), _) => to.append_null(),
                (Builder::Day(to), Value::Text(day)) => to.append_option(days(day)),
                (Builder::Day(to), _) => to.append_null(),
                (Builder::Integer(to), Value::Integer(number)) => to.append_value(*number),
                (Builder::Integer(to), _) => to.append_null(),
                (Builder::Real(to), Value::Real(number)) => to.append_value(*number),
                (Builder::Real(to), _) => to.append_null(),
                (Builder::Flag(to), Value::Flag(flag)) => to.append_value(*flag),
                (Builder::Flag(to), _) => to.append_null(),
                (Builder::List(to), Value::List(texts)) => {
                    for text in texts {
                        to.values().append_value(text);
                    }
                    to.append(true);
                }
                (Builder::List(to), _) => to.append(false),
            }
        }
    }

    fn batch(&mut self, schema: &Arc<Schema>) -> Result<RecordBatch, ArrowError> {
        let columns = self.0.iter_mut().map(|builder| -> ArrayRef {
            match builder {
                Builder::Text(from) => Arc::new(from.finish()),
                Builder::Day(from) => Arc::new(from.finish()),
                Builder::Integer(from) => Arc::new(from.finish()),
                Builder::Real(from) => Arc::new(from.finish()),
                Builder::Flag(from) => Arc::new(from.finish()),
                Builder::List(from) => Arc::new(from.finish()),
            }
        });
        RecordBatch::try_new(Arc::clone(schema), columns.collect())
    }
}

/// Days since 1970, as Arrow counts them.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(date(1970, 1, 1).until(day).ok()?.get_days())
}
