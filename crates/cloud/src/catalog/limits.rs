//! Limits of the server and the state of its parts, which an operator may change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::text::{Rate, Span};

/// Parts of the cloud itself; one that fails is our fault.
pub const OWN_COMPONENTS: &[&str] = &["compute", "block-storage", "network", "state-store"];
/// Services beside it that some requests depend on.
pub const OUTSIDE_COMPONENTS: &[&str] = &["kms", "ram", "marketplace", "billing"];

const REQUESTS_IN_FLIGHT_MAX: u32 = 4096;
const LATENCY_MS_MAX: u64 = 24 * 60 * 60 * 1000;

/// The limits of the server: `limits` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitFacts {
    /// How far a request's timestamp may be from the clock.
    pub timestamp_skew: Span,
    /// How long a nonce is remembered, if that is longer than its timestamp is accepted.
    pub nonce_window: Span,
    /// How long a client token is remembered.
    pub client_token_ttl: Span,
    /// Requests that are worked on at once.
    pub max_in_flight: u32,
    /// Calls of an action that an account may make; an action that is not listed may be called at will.
    #[serde(default)]
    pub throttle: BTreeMap<String, Rate>,
    /// How long things take.
    pub latency: LatencyFacts,
}

impl Default for LimitFacts {
    fn default() -> LimitFacts {
        LimitFacts {
            timestamp_skew: Span::seconds(15 * 60),
            nonce_window: Span::seconds(15 * 60),
            client_token_ttl: Span::seconds(24 * 60 * 60),
            max_in_flight: REQUESTS_IN_FLIGHT_MAX,
            throttle: BTreeMap::new(),
            latency: LatencyFacts::default(),
        }
    }
}

impl LimitFacts {
    /// How long a nonce is really remembered: never shorter than its timestamp is accepted.
    pub fn nonce_retention(&self) -> Span {
        self.nonce_window.max(self.timestamp_skew)
    }

    /// Refuses values that no server can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        if self.client_token_ttl.in_seconds() == 0 {
            return Err("A client token is remembered for at least a second.".to_owned());
        }
        if self.max_in_flight == 0 {
            return Err("The server works on at least one request at once.".to_owned());
        }
        self.latency.validate()
    }
}

/// How long things take, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatencyFacts {
    /// Committing a creation before it is answered.
    pub create_commit_ms: u64,
    /// Making an instance.
    pub instance_pending_ms: u64,
    /// Starting one.
    pub instance_start_ms: u64,
    /// Stopping one.
    pub instance_stop_ms: u64,
    /// Making a vSwitch.
    pub vswitch_pending_ms: u64,
    /// Making a snapshot.
    pub snapshot_ms: u64,
    /// Attaching or detaching a disk.
    pub attach_ms: u64,
    /// Making an image.
    pub image_ms: u64,
    /// Making an HPC cluster.
    pub hpc_cluster_create_ms: u64,
}

impl Default for LatencyFacts {
    fn default() -> LatencyFacts {
        LatencyFacts {
            create_commit_ms: 0,
            instance_pending_ms: 2_000,
            instance_start_ms: 3_000,
            instance_stop_ms: 3_000,
            vswitch_pending_ms: 1_000,
            snapshot_ms: 5_000,
            attach_ms: 1_000,
            image_ms: 10_000,
            hpc_cluster_create_ms: 2_000,
        }
    }
}

impl LatencyFacts {
    fn validate(&self) -> Result<(), String> {
        let all = [
            self.create_commit_ms,
            self.instance_pending_ms,
            self.instance_start_ms,
            self.instance_stop_ms,
            self.vswitch_pending_ms,
            self.snapshot_ms,
            self.attach_ms,
            self.image_ms,
            self.hpc_cluster_create_ms,
        ];
        match all.iter().find(|latency| **latency > LATENCY_MS_MAX) {
            Some(latency) => Err(format!("Nothing takes longer than a day, but a latency is {latency} ms.")),
            None => Ok(()),
        }
    }
}

/// The facts about a part of the cloud: `components.X` of the world document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentFacts {
    /// How it is.
    pub state: ComponentState,
}

impl ComponentFacts {
    /// Every value of the type is a possible one.
    pub fn validate(&self) -> Result<(), String> {
        Ok(())
    }
}

/// How a part of the cloud is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentState {
    /// It works.
    Ok,
    /// It answers, but wrongly.
    Failing,
    /// It does not answer.
    Unreachable,
}

/// The parts of a new world, by name.
pub fn builtin_components() -> Vec<(String, ComponentFacts)> {
    let names = OWN_COMPONENTS.iter().chain(OUTSIDE_COMPONENTS);
    names.map(|name| ((*name).to_owned(), ComponentFacts { state: ComponentState::Ok })).collect()
}
