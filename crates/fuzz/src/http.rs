//! What comes in over a connection, from its first byte to its last.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use moyun_cloud::cx::Origin;
use moyun_server::http::Api;
use moyun_server::serve::converse;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{Reached, clouds};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

pub(crate) fn run(input: &[u8]) -> Reached {
    // The runtime's clock leaps where there is nothing but time to wait for: the server gives up a request that never
    // ends, and a connection on which nothing more comes, at once.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let answers = runtime.expect("a runtime needs nothing").block_on(answers(input));
    let text = String::from_utf8(answers).expect("answers are text");
    if text.is_empty() {
        return Reached::Door;
    }
    let status = text.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5));
    let status = status.unwrap_or_else(|| panic!("this is no answer: {text}"));
    assert!(["400", "403", "404"].contains(&status), "nobody could sign this, but: {text}");
    // A refusal in the form of the API names the request; what is no HTTP gets none.
    if text.contains("RequestId") { Reached::Inside } else { Reached::Door }
}

/// All that is answered to these bytes until the server has enough.
async fn answers(input: &[u8]) -> Vec<u8> {
    let api = Api::new(clouds::planted(), SocketAddr::new(HERE, 0));
    let (near, far) = tokio::io::duplex(1 << 16);
    let serving = converse(api, far, Origin { address: HERE, is_secure: false });
    let (mut receive, mut send) = tokio::io::split(near);
    let mut answers = vec![];
    let sending = async {
        // The server need not read to the end.
        let _ = send.write_all(input).await;
    };
    let receiving = receive.read_to_end(&mut answers);
    let (ended, (), received) = tokio::join!(serving, sending, receiving);
    // How it ended is for the log alone.
    drop(ended);
    received.expect("memory does not fail");
    answers
}
