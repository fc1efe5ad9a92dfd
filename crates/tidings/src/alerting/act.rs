//! What is done when a rule fires: a line in a file, a program, an address.
//!
//! Words of reports are only ever data: a program gets them on standard input, never in its command line,
//! and no shell is asked. An address must be on the list of the rules; one that leads into a private
//! network must be listed as the address it is.

use super::Alert;
use crate::outlook::alerts::{Actions, host};
use crate::report::network::{Refused, agent, is_public};
use std::fs::OpenOptions;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program or an address may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why an action was not done, with the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum ActionError {
    #[error("{file}: cannot be written ({error}); check the name, the permissions and the space")]
    File { file: String, error: std::io::Error },
    #[error("{command}: cannot be run ({error}); check the first word of `command`")]
    Command { command: String, error: std::io::Error },
    #[error("{command}: ended with {status}; run it by hand with the JSON on standard input")]
    Failed { command: String, status: String },
    #[error("{command}: was not done after 30 seconds and was ended")]
    Slow { command: String },
    #[error("{address}: is not allowed; list its host under `allow`")]
    NotAllowed { address: String },
    #[error("{address}: leads to the private address {ip}; list that under `allow` if it is meant")]
    Private { address: String, ip: IpAddr },
    #[error("{address}: {problem}; check the address, and that its host answers")]
    Webhook { address: String, problem: String },
}

/// Does all that is asked for but the line on the terminal.
///
/// # Errors
/// The first action that fails; those after it are not done.
pub fn act(actions: &Actions, alert: &Alert) -> Result<(), ActionError> {
    // Plain data with string keys always has a JSON form.
    let line = serde_json::to_string(alert).unwrap_or_default() + "\n";
    if let Some(file) = &actions.file {
        let opened = OpenOptions::new().append(true).create(true).open(file);
        let written = opened.and_then(|mut to| to.write_all(line.as_bytes()));
        written.map_err(|error| ActionError::File { file: file.clone(), error })?;
    }
    if let Some((program, arguments)) = actions.command.split_first() {
        run(program, arguments, &line)?;
    }
    if let Some(address) = &actions.webhook {
        post(actions, address, &line)?;
    }
    Ok(())
}

fn run(program: &str, arguments: &[String], line: &str) -> Result<(), ActionError> {
    let command = program.to_string();
    let failed = |error| ActionError::Command { command: command.clone(), error };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        let line = line.to_string();
        // A program that reads nothing must not hold up the rest: what it leaves is lost with it.
        std::thread::spawn(move || {
            let _ = input.write_all(line.as_bytes());
        });
    }
    match waited(&mut child).map_err(failed)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(ActionError::Failed { command, status: status.to_string() }),
        None => Err(ActionError::Slow { command }),
    }
}

/// How the program ended; nothing if it had to be ended.
fn waited(child: &mut Child) -> std::io::Result<Option<std::process::ExitStatus>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn post(actions: &Actions, address: &str, line: &str) -> Result<(), ActionError> {
    let to = address.to_string();
    if !host(address).is_some_and(|host| actions.allows(host)) {
        return Err(ActionError::NotAllowed { address: to });
    }
    let listed = actions.clone();
    let allowed = move |found: SocketAddr| {
        is_public(found.ip()) || listed.allows(&found.to_string()) || listed.allows_ip(found.ip())
    };
    // A listed host may not send the words on to one that is not: no redirects.
    let sent = agent(PATIENCE, 0, allowed)
        .post(address)
        .header("content-type", "application/json")
        .send(line);
    let failed = |problem: String| ActionError::Webhook { address: to.clone(), problem };
    let status = match sent {
        Ok(answer) => answer.status(),
        Err(error) => {
            return Err(match Refused::of(&error) {
                Some(Refused(ip)) => ActionError::Private { address: to, ip },
                None => failed(error.to_string()),
            });
        }
    };
    if status.is_success() {
        return Ok(());
    }
    Err(failed(format!("answered {status}")))
}
