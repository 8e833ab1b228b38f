//! How reading fares as the instances become many: the same questions at each size.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::load::ground::{Ground, Place};
use crate::load::point::{Asker, Kind, Measured};
use crate::load::setup::{Site, ids_of};
use crate::load::{Options, now};
use crate::server::api::{Api, ECS, patch};
use crate::server::process::{Memory, Moyun};
use crate::server::requests::{Call, Key, in_turn};

/// How many instances one call makes, and how many clients call.
const AMOUNT: u32 = 100;
const MAKERS: u32 = 64;

/// How many carry the tag that is asked for at a size.
const TAGGED: u32 = 10;

/// Clients that ask at once.
const CLIENTS: usize = 16;

/// How long a server is asked until it is the other's turn, and how many turns one signing is for. Turns are short, so
/// that what else the machine does meets both.
const TURN: Duration = Duration::from_millis(200);
const TURNS: u32 = 10;

const HEAD: &str = "
                       memory MiB
  instances   made/s  filling  asked  files MiB  restart ms  question                 requests/s  p50 ms     ×  p99 ms     ×";

/// Measures at each of the sizes, which grow, and prints.
///
/// What follows a × is a ratio to a server with the first size, which is asked the same in turns: so it tells how the
/// size matters even on a machine that has other things to do.
pub(super) async fn measure(program: &Path, options: &Options, time: Duration) -> Outcome {
    let ground = Ground::prepare(options.store, options.cache)?;
    let Some(first) = options.curve.first() else { return Ok(()) };
    let mut small = Cloud::start(program, ground.place("small")?).await?;
    small.grow(*first).await?;
    let mut large = Cloud::start(program, ground.place("large")?).await?;
    println!("{HEAD}");
    for size in &options.curve {
        let growth = large.grow(*size).await?;
        large.walk().await?;
        let questions = small.questions(*first).await?.into_iter().zip(large.questions(*size).await?);
        for (base, kind) in questions {
            let askers = (
                Asker::guess(small.moyun.api, &base, CLIENTS).await?,
                Asker::guess(large.moyun.api, &kind, CLIENTS).await?,
            );
            let (of_small, of_large) = in_turns(&askers, time).await?;
            println!("{}{}", large.line(&growth)?, columns(&kind, &of_large, &of_small));
        }
    }
    small.moyun.stop().await?;
    large.moyun.stop().await
}

/// What two askers find who take turns, each for so long.
async fn in_turns((one, other): &(Asker<'_>, Asker<'_>), time: Duration) -> Outcome<(Measured, Measured)> {
    let (mut of_one, mut of_other, mut left) = (vec![], vec![], time);
    while !left.is_zero() {
        let (for_one, for_other) = (one.sign(TURN * TURNS), other.sign(TURN * TURNS));
        for _ in 0..TURNS {
            of_one.push(one.ask(&for_one, TURN).await?);
            of_other.push(other.ask(&for_other, TURN).await?);
        }
        left = left.saturating_sub(TURN * TURNS);
    }
    Ok((Measured::all(&of_one), Measured::all(&of_other)))
}

fn columns(kind: &Kind, measured: &Measured, base: &Measured) -> String {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let times =
        |share| measured.percentile(share).as_secs_f64() / base.percentile(share).as_secs_f64().max(1e-9);
    format!(
        "{:<23}  {:>10.0}  {:>6.2}  {:>4.2}  {:>6.2}  {:>4.2}",
        kind.name,
        measured.requests_per_second(),
        ms(measured.percentile(50)),
        times(50),
        ms(measured.percentile(99)),
        times(99),
    )
}

/// A server whose instances become more.
struct Cloud<'p> {
    program: &'p Path,
    place: Place,
    moyun: Moyun,
    site: Site,
    there: u32,
    /// All the instances.
    ids: Vec<String>,
}

/// What it took to come to a size.
struct Growth {
    made_per_second: f64,
    /// The most memory that the server held which made the instances.
    filling_mib: f64,
    restart: Duration,
}

impl<'p> Cloud<'p> {
    async fn start(program: &'p Path, place: Place) -> Outcome<Cloud<'p>> {
        let moyun = place.start(program).await?;
        let site = Site::prepare(&moyun).await?;
        stop_clock(&moyun).await?;
        let ids = site.first.clone();
        Ok(Cloud { program, place, moyun, site, there: Site::PREPARED, ids })
    }

    /// Makes what is missing to a size, and starts anew.
    async fn grow(&mut self, size: u32) -> Outcome<Growth> {
        let missing = size.saturating_sub(self.there + TAGGED).div_ceil(AMOUNT) * AMOUNT;
        let begin = now();
        self.ids.extend(self.site.fill(&self.moyun, missing / AMOUNT).await?);
        let made_per_second = f64::from(missing) / begin.elapsed().as_secs_f64().max(0.001);
        self.ids.extend(self.site.tag(&self.moyun, size).await?);
        self.there += missing + TAGGED;
        let filling_mib = self.moyun.memory_mib(Memory::Peak)?;
        self.moyun.stop().await?;
        let begin = now();
        self.moyun = self.place.start(self.program).await?;
        Ok(Growth { made_per_second, filling_mib, restart: begin.elapsed() })
    }

    /// Reads all of its instances once: what has room in the server's memory is there when it is asked.
    async fn walk(&self) -> Outcome {
        let mut api = Api::open(self.moyun.api, Key::built_in()).await?;
        let (mut listed, mut token) = (0, String::new());
        loop {
            let query = format!("MaxResults=100&NextToken={token}");
            let reply = api.send(ECS, "DescribeInstances", &query).await?;
            listed += reply["Instances"]["Instance"].as_array().map_or(0, Vec::len);
            token = reply["NextToken"].as_str().unwrap_or_default().to_owned();
            if token.is_empty() {
                break;
            }
        }
        if listed == self.ids.len() {
            Ok(())
        } else {
            Err(format!("{listed} of {} are listed", self.ids.len()))
        }
    }

    fn line(&self, growth: &Growth) -> Outcome<String> {
        Ok(format!(
            "{:>11}  {:>7.0}  {:>7.0}  {:>5.0}  {:>9.0}  {:>10.0}  ",
            self.there,
            growth.made_per_second,
            growth.filling_mib,
            self.moyun.memory_mib(Memory::Peak)?,
            self.place.files_mib()?,
            growth.restart.as_secs_f64() * 1000.0,
        ))
    }

    /// What is asked at every size.
    async fn questions(&self, size: u32) -> Outcome<Vec<Kind>> {
        let ask = |query: &str| Call::new(ECS, "DescribeInstances", &format!("RegionId=cn-hangzhou&{query}"));
        // One after another: where they are many, the server has not seen the one that is asked for, or not lately.
        let ids = self.ids.clone();
        let by_id = move |number| ask(&format!("InstanceIds=%5B%22{}%22%5D", ids[number % ids.len()]));
        let by_tag = ask(&format!("Tag.1.Key=size&Tag.1.Value={size}"));
        let mut api = Api::open(self.moyun.api, Key::built_in()).await?;
        let reply = api.send(ECS, "DescribeInstances", "MaxResults=100").await?;
        let token = reply["NextToken"].as_str().unwrap_or_default();
        let kind = |name: &str, calls| Kind { name: name.to_owned(), calls, instances: None };
        Ok(vec![
            kind("one by id", Box::new(by_id)),
            kind("ten by tag", in_turn(vec![by_tag])),
            kind("first page of ten", in_turn(vec![ask("PageSize=10")])),
            kind("ten after a NextToken", in_turn(vec![ask(&format!("MaxResults=10&NextToken={token}"))])),
        ])
    }
}

/// Lets time stand still, for otherwise each instance would be written several times more while it starts; the requests
/// are signed by the machine's clock and have to be accepted all the same.
async fn stop_clock(moyun: &Moyun) -> Outcome {
    patch(moyun.admin, "/admin/world/limits", &json!({ "timestamp_skew": "24h" })).await?;
    patch(moyun.admin, "/admin/world/clock", &json!({ "mode": "manual" })).await
}

impl Site {
    /// Makes instances by so many calls; returns their ids.
    async fn fill(&self, moyun: &Moyun, calls: u32) -> Outcome<Vec<String>> {
        let mut makers = JoinSet::new();
        for maker in 0..MAKERS {
            let mut api = Api::open(moyun.api, Key::built_in()).await?;
            let query = self.run_query(self.switch(maker), AMOUNT);
            let share = calls / MAKERS + u32::from(maker < calls % MAKERS);
            makers.spawn(async move {
                let mut ids = vec![];
                for _ in 0..share {
                    let reply = api.send(ECS, "RunInstances", &query).await?;
                    ids.extend(ids_of(&reply));
                }
                Ok(ids)
            });
        }
        let made: Vec<Outcome<Vec<String>>> = makers.join_all().await;
        Ok(made.into_iter().collect::<Outcome<Vec<_>>>()?.concat())
    }

    /// Makes the instances that are found by the tag of a size.
    async fn tag(&self, moyun: &Moyun, size: u32) -> Outcome<Vec<String>> {
        let query = self.run_query(self.switch(0), TAGGED);
        let query = format!("{query}&Tag.1.Key=size&Tag.1.Value={size}");
        let reply = Api::open(moyun.api, Key::built_in()).await?.send(ECS, "RunInstances", &query).await?;
        Ok(ids_of(&reply).collect())
    }
}
