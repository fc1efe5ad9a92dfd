//! Parquet: one report to a row. Only the columns that are needed are read, some rows at a time.

use super::table::placed;
use super::{At, Found, Of, Problem, Source, Stream};
use crate::Options;
use crate::columns::Places;
use crate::fields::Fields;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use bytes::Bytes;
use jiff::{Timestamp, tz::TimeZone};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows that are in memory at a time.
const TOGETHER: usize = 64;

pub(super) struct Parquet {
    of: Of,
    batches: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    /// The next row of the batch, and of the file.
    at: usize,
    row: usize,
    places: Places,
    /// For each column of the file its place among those that are read.
    read: Vec<Option<usize>>,
    over: bool,
}

impl Parquet {
    pub fn new(of: Of, stream: Stream, options: &Options) -> Result<Parquet, Problem> {
        match stream {
            Stream::File(file) => Parquet::over(of, file, options),
            Stream::Held(bytes) => Parquet::over(of, Bytes::from(bytes.into_inner()), options),
            Stream::Flow(_) => Err(Problem::BrokenParquet("it cannot be read as it comes".into())),
        }
    }

    fn over(
        of: Of,
        bytes: impl ChunkReader + 'static,
        options: &Options,
    ) -> Result<Parquet, Problem> {
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(bytes))??;
        let names: Vec<String> =
            builder.schema().fields().iter().map(|field| field.name().clone()).collect();
        let places = placed(&names, options)?;
        let wanted = places.all();
        let read = (0..names.len()).map(|at| wanted.iter().position(|w| *w == at)).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        let batches = guarded(|| builder.with_projection(mask).with_batch_size(TOGETHER).build())??;
        Ok(Parquet { of, batches, batch: None, at: 0, row: 0, places, read, over: false })
    }

    fn next_batch(&mut self) -> Option<Result<RecordBatch, Problem>> {
        match guarded(|| self.batches.next()) {
            Ok(None) => None,
            Ok(Some(Ok(batch))) => Some(Ok(batch)),
            Ok(Some(Err(error))) => Some(Err(Problem::BrokenParquet(error.to_string()))),
            Err(problem) => Some(Err(problem)),
        }
    }
}

impl Source for Parquet {
    fn next(&mut self, options: &Options) -> Option<Found> {
        loop {
            if self.over {
                return None;
            }
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.at < batch.num_rows()) {
                let at = self.at;
                let value = |column: usize| {
                    let column = (*self.read.get(column)?)?;
                    said(batch.columns().get(column)?.as_ref(), at)
                };
                let fields = Fields::read(&self.places, value);
                self.at += 1;
                self.row += 1;
                return Some(self.of.report(At::Row(self.row), fields, options));
            }
            self.at = 0;
            match self.next_batch()? {
                Ok(batch) => self.batch = Some(batch),
                Err(problem) => {
                    self.over = true;
                    return Some(self.of.fail(At::Row(self.row + 1), problem));
                }
            }
        }
    }
}

impl From<parquet::errors::ParquetError> for Problem {
    fn from(error: parquet::errors::ParquetError) -> Problem {
        Problem::BrokenParquet(error.to_string())
    }
}

/// The decoder is not ours, and some damage makes it panic: that too is a file that cannot be read.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| Problem::BrokenParquet("it is damaged".to_string()))
}

/// A value as text: strings as they are, numbers in digits, days and instants as dates in UTC.
fn said(column: &dyn Array, row: usize) -> Option<String> {
    fn number<T: ArrowPrimitiveType<Native: Into<i128>>>(column: &dyn Array, row: usize) -> i128 {
        column.as_primitive::<T>().value(row).into()
    }
    if column.is_null(row) {
        return None;
    }
    let day = |seconds: i128| {
        let stamp = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
        Some(stamp.to_zoned(TimeZone::UTC).date().to_string())
    };
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_string(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).to_string(),
        DataType::Utf8View => column.as_string_view().value(row).to_string(),
        DataType::Int8 => number::<Int8Type>(column, row).to_string(),
        DataType::Int16 => number::<Int16Type>(column, row).to_string(),
        DataType::Int32 => number::<Int32Type>(column, row).to_string(),
        DataType::Int64 => number::<Int64Type>(column, row).to_string(),
        DataType::UInt8 => number::<UInt8Type>(column, row).to_string(),
        DataType::UInt16 => number::<UInt16Type>(column, row).to_string(),
        DataType::UInt32 => number::<UInt32Type>(column, row).to_string(),
        DataType::UInt64 => number::<UInt64Type>(column, row).to_string(),
        DataType::Date32 => day(number::<Date32Type>(column, row) * 86_400)?,
        DataType::Date64 => day(number::<Date64Type>(column, row).div_euclid(1000))?,
        DataType::Timestamp(unit, _) => day(match unit {
            TimeUnit::Second => number::<TimestampSecondType>(column, row),
            TimeUnit::Millisecond => {
                number::<TimestampMillisecondType>(column, row).div_euclid(1000)
            }
            TimeUnit::Microsecond => {
                number::<TimestampMicrosecondType>(column, row).div_euclid(1_000_000)
            }
            TimeUnit::Nanosecond => {
                number::<TimestampNanosecondType>(column, row).div_euclid(1_000_000_000)
            }
        })?,
        DataType::Dictionary(..) => {
            let words = column.as_any_dictionary();
            let key = words.normalized_keys().get(row).copied()?;
            return said(words.values().as_ref(), key);
        }
        _ => return None,
    })
}
