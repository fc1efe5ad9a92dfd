//! HTML pages: the text of the article, and what the page says of it.
//!
//! The article is found by the method of Mozilla's Readability (the crate `dom_smoothie`). Date,
//! publisher, language and address come from JSON-LD (schema.org), `<meta>` (Open Graph, Dublin Core and the
//! like) and `<time>`, in this order.

use super::Problem;
use crate::columns::{Columns, Field};
use crate::decode::decode;
use crate::fields::Fields;
use dom_smoothie::{Config, Readability, ReadabilityError, TextMode};
use encoding_rs::Encoding;
use serde_json::Value;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The largest page read.
pub(super) const LARGEST: u64 = 8 << 20;
/// Tags within each other, and formatting tags left open times all tags: browsers build a copy of each
/// open `<b>` in every paragraph after it (HTML standard, 13.2.4.3), and some pages are made to fill the memory so.
const DEEPEST: usize = 512;
const MOST_COPIES: usize = 4_000_000;
const MOST_ELEMENTS: usize = 200_000;

/// An article has so many words in lines of at least so many.
const ARTICLE_WORDS: usize = 20;
const LINE_WORDS: usize = 7;

/// The article of a page, which was found at an address if it is given.
pub(super) fn fields(bytes: Vec<u8>, address: Option<&str>) -> Result<Fields, Problem> {
    let html = decode_page(bytes)?;
    if is_tangled(&html) {
        return Err(Problem::Tangled);
    }
    // The parser is not ours: whatever breaks it is a page that cannot be read.
    catch_unwind(AssertUnwindSafe(|| article(&html, address))).unwrap_or(Err(Problem::Tangled))
}

/// The words of a piece of HTML, its blocks parted by empty lines.
pub(super) fn text_of(html: &str) -> Option<String> {
    if html.len() as u64 > LARGEST || is_tangled(html) {
        return None;
    }
    let text = catch_unwind(AssertUnwindSafe(|| {
        let page = Readability::from(html);
        page.doc.select("script, style, noscript, template").remove();
        page.doc.formatted_text().to_string()
    }));
    text.ok().map(|text| text.trim().to_string())
}

/// In the encoding that the page names, unless it is UTF-8 or tells its encoding by a mark.
fn decode_page(bytes: Vec<u8>) -> Result<String, Problem> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let named = head.split_once("charset=").and_then(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
        Encoding::for_label(&rest.as_bytes()[..end.unwrap_or(rest.len())])
    });
    match named {
        Some(encoding)
            if std::str::from_utf8(&bytes).is_err() && Encoding::for_bom(&bytes).is_none() =>
        {
            Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
        }
        _ => decode(bytes).map_err(|_| Problem::Binary),
    }
}

fn article(html: &str, address: Option<&str>) -> Result<Fields, Problem> {
    let config = Config {
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let told = |error| match error {
        ReadabilityError::TooManyElements(..) => Problem::Tangled,
        _ => Problem::NoArticle,
    };
    let mut page = Readability::new(html, None, Some(config)).map_err(told)?;
    let mut fields = said(&page, address);
    let article = page.parse().map_err(told)?;
    let text = article.text_content.trim();
    let words = |line: &str| line.split_whitespace().count();
    let running: usize = text.lines().map(words).filter(|words| *words >= LINE_WORDS).sum();
    if running < ARTICLE_WORDS {
        return Err(Problem::NoArticle);
    }
    fields.text = Some(text.to_string());
    if fields.title.is_none() {
        fields.title = Some(article.title).filter(|title| !title.trim().is_empty());
    }
    Ok(fields)
}

/// What a page says of its article.
fn said(page: &Readability, address: Option<&str>) -> Fields {
    let mut fields = linked_data(page).unwrap_or_default();
    let metas = metas(page);
    let (names, values): (Vec<String>, Vec<String>) = metas.into_iter().unzip();
    let places = Columns::default().places(&names);
    let meta = |field| places.of(field).find_map(|at| values.get(at).cloned());
    let attribute = |selector: &str, name: &str| {
        page.doc.select_single(selector).attr(name).map(|value| value.to_string())
    };
    if fields.date.is_none() {
        let unread = fields.unread_date.take();
        fields.set_date(meta(Field::Date).or_else(|| time(page)).or(unread));
    }
    fields.title = fields.title.or_else(|| meta(Field::Title));
    if fields.language.is_none() {
        let tag = attribute("html", "lang").filter(|tag| !tag.trim().is_empty());
        fields.set_language(tag.or_else(|| meta(Field::Language)).as_deref());
    }
    let own = attribute("link[rel='canonical']", "href").or_else(|| meta(Field::Url));
    let own = own.or(fields.url.take()).filter(|url| host(url).is_some());
    // A page may say that it is another's: then it is not believed.
    fields.url = match (own, address) {
        (Some(own), Some(address)) if host(&own) != host(address) => Some(address.to_string()),
        (own, address) => own.or(address.map(str::to_string)),
    };
    fields.source = fields.source.or_else(|| meta(Field::Source)).or_else(|| {
        let host = host(fields.url.as_deref()?)?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_string())
    });
    fields
}

/// The host of an address of the web.
pub(super) fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (web && !host.is_empty()).then_some(host)
}

/// The `<meta>` of a page by their names: `published_time` of `article:published_time`.
fn metas(page: &Readability) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for meta in page.doc.select("meta[content]").nodes() {
        let name = meta.attr("property").or_else(|| meta.attr("name")).or(meta.attr("itemprop"));
        let (Some(name), Some(content)) = (name, meta.attr("content")) else { continue };
        let name = name.split_once([':', '.']).map_or(&*name, |(_, rest)| rest).to_string();
        if !content.trim().is_empty() && !name.contains([':', '.']) {
            metas.push((name, content.trim().to_string()));
        }
    }
    metas
}

/// The time of publication: one that says so, the first of the article, or the only one of the page.
fn time(page: &Readability) -> Option<String> {
    let first = |selector: &str| page.doc.select_single(selector).attr("datetime");
    let time = first("time[itemprop='datePublished'][datetime]")
        .or_else(|| first("time[pubdate][datetime]"))
        .or_else(|| first("article time[datetime]"))
        .or_else(|| first("main time[datetime]"))
        .or_else(|| {
            let times = page.doc.select("time[datetime]");
            (times.length() == 1).then(|| times.attr("datetime")).flatten()
        });
    time.map(|time| time.to_string())
}

/// What schema.org's JSON-LD says of the first article it describes.
fn linked_data(page: &Readability) -> Option<Fields> {
    for script in page.doc.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        let Ok(data) = serde_json::from_str::<Value>(text.trim()) else { continue };
        // serde_json reads no deeper than 128, and so this ends.
        let mut left = vec![&data];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(items) => left.extend(items.iter().rev()),
                Value::Object(object) if is_article(object.get("@type")) => {
                    let word = |name: &str| object.get(name).and_then(word);
                    let mut fields = Fields {
                        title: word("headline").or_else(|| word("name")),
                        source: word("publisher"),
                        url: word("url").or_else(|| word("mainEntityOfPage")),
                        ..Fields::default()
                    };
                    fields.set_date(word("datePublished").or_else(|| word("dateCreated")));
                    fields.set_language(word("inLanguage").as_deref());
                    return Some(fields);
                }
                Value::Object(object) => left.extend(object.get("@graph")),
                _ => {}
            }
        }
    }
    None
}

/// `Article` and its kinds: `NewsArticle`, `ReportageNewsArticle`, ..., and the blog posting.
fn is_article(kind: Option<&Value>) -> bool {
    let is = |kind: &str| kind.ends_with("Article") || kind.ends_with("BlogPosting");
    match kind {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A word of JSON-LD: a string, or the name or id of an object.
fn word(value: &Value) -> Option<String> {
    let value = match value {
        Value::Array(items) => items.first()?,
        value => value,
    };
    let value = match value {
        Value::Object(object) => object.get("name").or_else(|| object.get("@id"))?,
        value => value,
    };
    value.as_str().map(str::trim).filter(|word| !word.is_empty()).map(str::to_string)
}

/// Tags that need not be closed, or cannot be.
const UNCLOSED: &str = " area base br col embed hr img input link meta source track wbr html head body p li \
    dt dd tr td th thead tbody tfoot option optgroup colgroup !doctype ";
/// Tags of formatting, which live on in the next paragraph if they are not closed.
const FORMATTING: &str = " a b big code em font i nobr s small strike strong tt u ";

/// Whether the tags of a page nest, or are left open, as is only done to harm. Counted over the raw text, by name.
fn is_tangled(html: &str) -> bool {
    let mut open: HashMap<&str, usize> = HashMap::new();
    let (mut depth, mut formatting, mut most, mut tags) = (0_usize, 0_usize, 0, 0);
    for tag in html.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if end == 0 || end > 16 {
            continue;
        }
        let name = &tag[..end];
        let listed = |list: &str| {
            list.split(' ').any(|listed| !listed.is_empty() && listed.eq_ignore_ascii_case(name))
        };
        tags += 1;
        if listed(UNCLOSED) {
            continue;
        }
        let shapes = listed(FORMATTING);
        let count = open.entry(name).or_default();
        if closes {
            let closed = usize::from(*count > 0);
            *count -= closed;
            depth -= closed;
            formatting -= if shapes { closed } else { 0 };
        } else {
            *count += 1;
            depth += 1;
            formatting += usize::from(shapes);
            most = most.max(formatting);
            if depth > DEEPEST {
                return true;
            }
        }
    }
    most * tags > MOST_COPIES && most > 3
}
