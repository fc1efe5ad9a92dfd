//! GeoJSON (RFC 7946): a FeatureCollection, written feature by feature, of what has coordinates. Each column of the
//! answer is a property.

use super::{Exported, Unexported};
use crate::questions::{Filter, Subject, Value};
use crate::store::Record;
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue};
use std::io::Write;

pub(super) fn write(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    mut to: impl Write,
) -> Result<Exported, Unexported> {
    let columns: Vec<&str> = subject.columns().collect();
    let at = |name: &str| columns.iter().position(|column| *column == name);
    let (lat, lon, id) = (at("lat"), at("lon"), at("id"));
    let mut written = 0;
    to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    let fitted = record.ask(subject, filter, |row| {
        let real = |at: Option<usize>| match at.and_then(|at| row.get(at)) {
            Some(Value::Real(degrees)) => Some(*degrees),
            _ => None,
        };
        let Some((lat, lon)) = real(lat).zip(real(lon)) else { return Ok(()) };
        let mut properties = JsonObject::new();
        for (name, value) in columns.iter().zip(row) {
            properties.insert((*name).to_string(), json(value));
        }
        let id = id.and_then(|id| row.get(id)).map(json);
        let feature = Feature {
            geometry: Some(Geometry::new(GeometryValue::new_point([lon, lat]))),
            id: id
                .and_then(|id| id.as_str().map(|id| geojson::feature::Id::String(id.to_string()))),
            properties: Some(properties),
            ..Feature::default()
        };
        to.write_all(if written == 0 { b"\n" } else { b",\n" })?;
        written += 1;
        to.write_all(feature.to_string().as_bytes())
    })?;
    to.write_all(b"\n]}\n")?;
    to.flush()?;
    Ok(Exported::of(fitted, written))
}

fn json(value: &Value) -> JsonValue {
    match value {
        Value::Unknown => JsonValue::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::List(texts) => texts.clone().into(),
    }
}
