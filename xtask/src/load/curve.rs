//! How reading fares as the instances become many: the same questions at each size.

use std::path::Path;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::Outcome;
use crate::load::now;
use crate::load::point::{Kind, Measured, measure_at};
use crate::load::setup::Site;
use crate::server::api::{Api, ECS};
use crate::server::process::Moyun;
use crate::server::requests::{Call, Key};

/// How many instances one call makes, and how many clients call.
const AMOUNT: u32 = 100;
const MAKERS: u32 = 16;

/// How many carry the tag that is asked for at a size.
const TAGGED: u32 = 10;

/// Of how many calls one leaves an id to ask for.
const SAMPLE: u32 = 8;

/// Clients that ask at once.
const CLIENTS: usize = 16;

const HEAD: &str = "
  instances   made/s  memory MiB   file MiB  restart ms  question                   requests/s   p50 ms   p99 ms";

/// Measures at each of the sizes, which grow, and prints.
pub(super) async fn measure(program: &Path, sizes: &[u32], seconds: Duration) -> Outcome {
    let data = tempfile::tempdir().map_err(|error| format!("a folder for the data: {error}"))?;
    let mut moyun = Moyun::start(program, data.path()).await?;
    let site = Site::prepare(&moyun).await?;
    let (mut ids, mut there) = (vec![], Site::PREPARED);
    println!("{HEAD}");
    for size in sizes {
        let missing = size.saturating_sub(there + TAGGED);
        let begin = now();
        ids.extend(site.fill(&moyun, missing.div_ceil(AMOUNT)).await?);
        let made_per_second = f64::from(missing) / begin.elapsed().as_secs_f64().max(0.001);
        ids.extend(site.tag(&moyun, *size).await?);
        there += missing.div_ceil(AMOUNT) * AMOUNT + TAGGED;
        moyun.stop().await?;
        let begin = now();
        moyun = Moyun::start(program, data.path()).await?;
        let restart = begin.elapsed();

        let mut facts = None;
        for kind in questions(&moyun, *size, &ids).await? {
            let measured = measure_at(moyun.api, &kind, CLIENTS, seconds).await?;
            let facts = facts.get_or_insert(Facts {
                there,
                made_per_second,
                memory_mib: moyun.memory_mib()?,
                file_mib: file_mib(data.path())?,
                restart,
            });
            println!("{}", facts.line(&kind, &measured));
        }
    }
    moyun.stop().await
}

/// What is true of a size, whatever is asked.
struct Facts {
    there: u32,
    made_per_second: f64,
    memory_mib: f64,
    file_mib: f64,
    restart: Duration,
}

impl Facts {
    fn line(&self, kind: &Kind, measured: &Measured) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "{:>11}  {:>7.0}  {:>10.1}  {:>9.0}  {:>10.0}  {:<25}  {:>10.0}  {:>7.2}  {:>7.2}",
            self.there,
            self.made_per_second,
            self.memory_mib,
            self.file_mib,
            ms(self.restart),
            kind.name,
            measured.requests_per_second,
            ms(measured.p50),
            ms(measured.p99),
        )
    }
}

/// What is asked at every size.
async fn questions(moyun: &Moyun, size: u32, ids: &[String]) -> Outcome<Vec<Kind>> {
    let ask = |query: &str| Call::new(ECS, "DescribeInstances", &format!("RegionId=cn-hangzhou&{query}"));
    let by_id = ids.iter().map(|id| ask(&format!("InstanceIds=%5B%22{id}%22%5D"))).collect();
    let by_tag = ask(&format!("Tag.1.Key=size&Tag.1.Value={size}"));
    let reply =
        Api::open(moyun.api, Key::built_in()).await?.send(ECS, "DescribeInstances", "MaxResults=100").await?;
    let token = reply["NextToken"].as_str().unwrap_or_default();
    let kind = |name: &str, calls| Kind { name: name.to_owned(), calls, instances: None };
    Ok(vec![
        kind("one by id", by_id),
        kind("ten by tag", vec![by_tag]),
        kind("first page of ten", vec![ask("PageSize=10")]),
        kind("ten after a NextToken", vec![ask(&format!("MaxResults=10&NextToken={token}"))]),
    ])
}

impl Site {
    /// Makes instances by so many calls; returns some of their ids.
    async fn fill(&self, moyun: &Moyun, calls: u32) -> Outcome<Vec<String>> {
        let mut makers = JoinSet::new();
        for maker in 0..MAKERS {
            let mut api = Api::open(moyun.api, Key::built_in()).await?;
            let query = self.run_query(self.switch(maker), AMOUNT);
            let share = calls / MAKERS + u32::from(maker < calls % MAKERS);
            makers.spawn(async move {
                let mut ids = vec![];
                for call in 0..share {
                    let reply = api.send(ECS, "RunInstances", &query).await?;
                    ids.extend(ids_of(&reply).take(usize::from(call % SAMPLE == 0)));
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

fn ids_of(reply: &serde_json::Value) -> impl Iterator<Item = String> {
    let ids = reply["InstanceIdSets"]["InstanceIdSet"].as_array().into_iter().flatten();
    ids.filter_map(|id| Some(id.as_str()?.to_owned()))
}

/// How much room the files of a folder take.
fn file_mib(folder: &Path) -> Outcome<f64> {
    let told = |error| format!("{}: {error}", folder.display());
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(told)? {
        bytes += entry.and_then(|entry| entry.metadata()).map_err(told)?.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "no file is that long")]
    Ok(bytes as f64 / f64::from(1 << 20))
}
