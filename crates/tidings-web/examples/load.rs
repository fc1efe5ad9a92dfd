//! How long answers take when many ask at once.
//!
//! `cargo run --release -p tidings-web --example load -- 127.0.0.1:8017 CLIENTS SECONDS < PATHS`: each client asks
//! the paths, one to a line, in an order of its own, one after the other over one connection, and the percentiles of all
//! answers are told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, host, clients, seconds] = arguments.as_slice() else {
        return Err("call it with HOST:PORT CLIENTS SECONDS, and paths on standard input".into());
    };
    let (clients, seconds): (usize, u64) = (clients.parse()?, seconds.parse()?);
    let paths: Vec<String> = std::io::stdin().lines().collect::<Result<_, _>>()?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let taken = std::thread::scope(|scope| {
        let paths = &paths;
        let asking: Vec<_> =
            (0..clients).map(|client| scope.spawn(move || ask(host, paths, client, end))).collect();
        asking.into_iter().filter_map(|client| client.join().ok()).collect::<Vec<_>>()
    });
    let mut all = Vec::new();
    for client in taken {
        all.extend(client?);
    }
    all.sort();
    let percentile = |share: f64| {
        let at = ((all.len() as f64 - 1.0) * share).round() as usize;
        all.get(at).map_or(0.0, |taken| taken.as_secs_f64() * 1000.0)
    };
    println!(
        "{} answers, {:.0}/s; p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        all.len(),
        all.len() as f64 / seconds as f64,
        percentile(0.5),
        percentile(0.9),
        percentile(0.99),
        percentile(1.0)
    );
    Ok(())
}

fn ask(
    host: &str,
    paths: &[String],
    client: usize,
    end: Instant,
) -> Result<Vec<Duration>, std::io::Error> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut taken = Vec::new();
    // A stride that shares no factor with the number of paths goes through all of them.
    let (mut at, stride) = (client * 7919, 2 * client + 1);
    while Instant::now() < end {
        at += stride;
        let Some(path) = paths.get(at % paths.len().max(1)) else { break };
        let begun = Instant::now();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")?;
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            answers.read_line(&mut line)?;
            let lower = line.to_ascii_lowercase();
            if let Some(told) = lower.strip_prefix("content-length:") {
                length = told.trim().parse().unwrap_or(0);
            }
            if line.starts_with("HTTP/") && !line.contains(" 200 ") {
                return Err(std::io::Error::other(format!("{path}: {line}")));
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        answers.read_exact(&mut body)?;
        taken.push(begun.elapsed());
    }
    Ok(taken)
}
