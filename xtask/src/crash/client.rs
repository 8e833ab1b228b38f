//! A client that writes, loses answers, and repeats.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::timeout;

use crate::Outcome;
use crate::crash::Victim;
use crate::crash::books::Account;
use crate::crash::cloud::Addresses;
use crate::crash::ledger::{Ledger, Write};
use crate::server::api::{ECS, next_nonce};
use crate::server::client::Connection;
use crate::server::requests::Call;

/// How many writes follow the kill where somebody is left to answer them.
const WRITES_AFTERWARDS: u32 = 3;

/// How long an answer is waited for. A commit that nobody confirms is looked for during ten seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often a write is repeated while nobody answers it, and the pause between.
const REPETITIONS_MAX: u32 = 400;
const PAUSE: Duration = Duration::from_millis(50);

/// One that writes in the name of an account.
pub(super) struct Client {
    pub(super) number: usize,
    pub(super) account: Arc<Account>,
    pub(super) ledger: Ledger,
    /// The write whose answer was lost.
    in_doubt: Option<Write>,
    /// The last creation that was answered, and what it made.
    created: Option<(Write, Vec<String>)>,
    /// The last request that was accepted.
    accepted: Vec<u8>,
    /// How many writes lost their answer.
    lost: usize,
    words: u32,
}

/// What the clients have in common between two kills.
#[derive(Clone)]
pub(super) struct Shift {
    pub(super) servers: Addresses,
    pub(super) kill: Victim,
    /// Set after the kill.
    pub(super) over: Arc<AtomicBool>,
    /// Takes a note of every answer.
    pub(super) note: UnboundedSender<()>,
}

/// What came of a request.
enum Answer {
    Reply(Value),
    Refusal(u16, Value),
    /// None, or one that says that the database was away.
    Lost(String),
}

impl Client {
    pub(super) fn new(number: usize, account: Arc<Account>) -> Client {
        let (ledger, accepted) = (Ledger::default(), vec![]);
        Client { number, account, ledger, in_doubt: None, created: None, accepted, lost: 0, words: 0 }
    }

    /// How many writes lost their answer since this was last asked.
    pub(super) fn take_lost(&mut self) -> usize {
        std::mem::take(&mut self.lost)
    }

    /// Writes until the kill and a little longer; where nobody is left to ask, until an answer is lost.
    pub(super) async fn work(&mut self, shift: &Shift, mut rng: ChaCha8Rng) -> Outcome {
        let is_alone = shift.servers.len() == 1 && shift.kill == Victim::Server;
        let (mut at, mut connection) = (self.number % shift.servers.len(), None);
        let (mut repetitions, mut afterwards) = (0, WRITES_AFTERWARDS);
        loop {
            if shift.over.load(Ordering::Acquire) && self.in_doubt.is_none() {
                if afterwards == 0 || is_alone {
                    return Ok(());
                }
                afterwards -= 1;
            }
            let repeated = self.in_doubt.take();
            let write = repeated.clone().unwrap_or_else(|| self.next(&mut rng));
            let answer = self.send(&mut connection, shift.servers[at].api, &write, shift.kill).await?;
            if let Answer::Lost(sentence) = answer {
                self.in_doubt = Some(write);
                self.lost += usize::from(repeated.is_none());
                if is_alone {
                    return Ok(());
                }
                repetitions += 1;
                if repetitions > REPETITIONS_MAX {
                    return Err(format!("nobody answers any more: {sentence}"));
                }
                (at, connection) = ((at + 1) % shift.servers.len(), None);
                if repeated.is_some() {
                    tokio::time::sleep(PAUSE).await;
                }
                continue;
            }
            repetitions = 0;
            self.note(write, answer, repeated.is_some())?;
            // Nobody counts any more once the kill is over.
            let _ = shift.note.send(());
        }
    }

    /// Repeats what was not answered, then what was answered, and a request that was accepted.
    pub(super) async fn settle(&mut self, servers: &Addresses) -> Outcome {
        let mut connection = None;
        if let Some(write) = self.in_doubt.take() {
            let answer = self.send(&mut connection, servers[0].api, &write, Victim::Server).await?;
            self.note(write, answer, true)?;
        }
        for server in servers.iter() {
            let mut connection = None;
            if let Some((write, made)) = self.created.clone() {
                let Answer::Reply(reply) =
                    self.send(&mut connection, server.api, &write, Victim::Server).await?
                else {
                    return Err(format!("{write:?} was answered, and is not when it is repeated"));
                };
                if Write::made(&reply) != made {
                    return Err(format!("{write:?} made {made:?}, and repeated {reply}"));
                }
            }
            let again = self.accepted.clone();
            let answer = send(&mut connection, server.api, &again).await?;
            if !matches!(&answer, Answer::Refusal(_, reply) if reply["Code"] == "SignatureNonceUsed") {
                return Err("a request was accepted twice".to_owned());
            }
        }
        Ok(())
    }

    fn next(&mut self, rng: &mut ChaCha8Rng) -> Write {
        self.words += 1;
        self.ledger.next(rng, format!("w{}-{}", self.number, self.words))
    }

    async fn send(
        &mut self,
        connection: &mut Option<Connection>,
        server: SocketAddr,
        write: &Write,
        kill: Victim,
    ) -> Outcome<Answer> {
        let (action, query) = write.call(&self.account.place);
        let query = format!("RegionId=cn-hangzhou&{query}");
        let request = Call::of(&self.account.key, ECS, &action, &query).sign(next_nonce());
        let answer = send(connection, server, &request).await?;
        match &answer {
            Answer::Reply(_) => self.accepted = request,
            // A database that goes away may cost an answer, but nothing else may.
            Answer::Refusal(500 | 503, reply) if kill == Victim::Database => {
                return Ok(Answer::Lost(reply.to_string()));
            }
            Answer::Refusal(500.., reply) => return Err(format!("{write:?} is answered {reply}")),
            _ => {}
        }
        Ok(answer)
    }

    fn note(&mut self, write: Write, answer: Answer, is_repeated: bool) -> Outcome {
        let reply = match answer {
            Answer::Reply(reply) => reply,
            Answer::Refusal(status, reply) => {
                let code = reply["Code"].as_str().unwrap_or_default();
                let is_deletion = matches!(write, Write::Delete { .. });
                return match code {
                    // It is still pending.
                    _ if !write.is_creation() && code.starts_with("IncorrectInstanceStatus") => Ok(()),
                    _ if is_deletion && is_repeated && code.ends_with("NotFound") => {
                        self.ledger.note(&write, &reply)
                    }
                    _ => Err(format!("{write:?} is answered {status} {reply}")),
                };
            }
            Answer::Lost(sentence) => return Err(format!("{write:?} is not answered: {sentence}")),
        };
        self.ledger.note(&write, &reply)?;
        if write.is_creation() {
            let made = Write::made(&reply);
            self.created = Some((write, made));
        }
        Ok(())
    }
}

/// Sends a request, on a new connection if there is none.
async fn send(connection: &mut Option<Connection>, server: SocketAddr, request: &[u8]) -> Outcome<Answer> {
    if connection.is_none() {
        match Connection::open(server).await {
            Ok(opened) => *connection = Some(opened),
            Err(sentence) => return Ok(Answer::Lost(sentence)),
        }
    }
    let Some(open) = connection.as_mut() else { return Ok(Answer::Lost("no connection".to_owned())) };
    let answer = timeout(PATIENCE, open.send(request)).await;
    let answer = match answer.map_err(|_| "an answer did not come".to_owned())? {
        Ok(answer) => answer,
        Err(sentence) => return Ok(Answer::Lost(sentence)),
    };
    let body =
        serde_json::from_slice(answer.body).map_err(|error| format!("an answer is no JSON: {error}"))?;
    Ok(if answer.status == 200 { Answer::Reply(body) } else { Answer::Refusal(answer.status, body) })
}
